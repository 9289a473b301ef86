/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ContentType;
import org.mailroom.search.text.PartTextExtractor;

/** Extracts text from attachments with James's text extractor (Tika, where the administrator runs one). Thread-safe. */
public final class JamesTextExtractor implements PartTextExtractor {
    private final TextExtractor extractor;

    public JamesTextExtractor(TextExtractor extractor) {
        this.extractor = extractor;
    }

    /** Whether {@code extractor} reads more than text and HTML, which are read without it. */
    public static boolean isWorthwhile(TextExtractor extractor) {
        return extractor.applicable(ContentType.of("application/pdf"))
                && extractor.getClass().getName().contains("tika");
    }

    @Override
    public Optional<String> extract(String mediaType, Optional<String> fileName, InputStream content)
            throws IOException {
        ContentType type = ContentType.of(mediaType);
        if (!extractor.applicable(type)) {
            return Optional.empty();
        }
        try {
            return extractor.extractContent(content, type).getTextualContent();
        } catch (IOException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (Exception e) {
            throw new IllegalArgumentException("no text can be drawn from a part of type " + mediaType, e);
        }
    }
}
