/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.InputStream;
import org.apache.james.mailbox.extractor.ParsedContent;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ContentType;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Draws text from PDFs, as Tika would where an admin runs it. */
final class PdfText implements TextExtractor {

    @Override
    public boolean applicable(ContentType contentType) {
        return contentType.mimeType().asString().equals("application/pdf");
    }

    @Override
    public ParsedContent extractContent(InputStream content, ContentType contentType) throws Exception {
        try (PDDocument document = PDDocument.load(content)) {
            return ParsedContent.of(new PDFTextStripper().getText(document));
        }
    }
}
