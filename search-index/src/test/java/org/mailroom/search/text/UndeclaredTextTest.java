/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of which nobody says rightly in which charset they are: in header fields, names of files, bodies and HTML. */
class UndeclaredTextTest {
    /** An octet that is no UTF-8, and how it is read. */
    private static final String STRAY = "\u00E8";

    /** The lines in UTF-8, but for what stands in braces, whose characters are one octet each. */
    private static MessageText read(String... lines) throws IOException {
        String message = String.join("\r\n", lines);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < message.length()) {
            int open = message.indexOf('{', at);
            int end = open < 0 ? message.length() : open;
            octets.writeBytes(message.substring(at, end).getBytes(StandardCharsets.UTF_8));
            int close = open < 0 ? end : message.indexOf('}', open);
            octets.writeBytes(message.substring(Math.min(end + 1, close), close).getBytes(StandardCharsets.ISO_8859_1));
            at = close + 1;
        }
        return new MessageTextReader().read(new ByteArrayInputStream(octets.toByteArray()));
    }

    @Test
    void oneStrayOctetChangesNoOtherInAHeaderField() throws IOException {
        MessageText text = read(
                "Subject: Jahresabschluß für M{" + STRAY + "}", "From: Jürgen {" + STRAY + "} <j@x.example>", "", "x");
        assertThat(text.values("subject")).containsExactly("Jahresabschluß für M" + STRAY);
        assertThat(text.values("from")).containsExactly("Jürgen " + STRAY + " <j@x.example>");
    }

    @Test
    void oneStrayOctetChangesNoOtherInTheNameOfAFile() throws IOException {
        MessageText text = read(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"Jahresabschluß_{" + STRAY + "}.pdf\"",
                "",
                "x",
                "--b--");
        assertThat(text.body()).containsExactly("Jahresabschluß_" + STRAY + ".pdf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=us-ascii",
                "text/plain; charset=x-nobody-knows",
                "text/plain; charset=utf-8",
                "text/html",
                "text/html; charset=ascii",
                "text/html; charset=x-nobody-knows"
            })
    void oneStrayOctetChangesNoOtherInABody(String type) throws IOException {
        MessageText text = read("Content-Type: " + type, "", "Jahresabschluß für alle {" + STRAY + "}");
        assertThat(text.body()).containsExactly("Jahresabschluß für alle " + STRAY);
    }

    @Test
    void windows1252PrevailsWhereThereIsMoreOfIt() throws IOException {
        MessageText text = read(
                "Subject: {d\u00E9j\u00E0 vu \u00C3\u00A9}", "", "{d\u00E9j\u00E0 vu \u00C3\u00A9 r\u00E9sum\u00E9}");
        assertThat(text.values("subject")).containsExactly("déjà vu Ã©");
        assertThat(text.body()).containsExactly("déjà vu Ã© résumé");
    }

    @Test
    void aDocumentThatIsUtf8IsSoWhateverLatinCharsetItNames() throws IOException {
        String html = "<meta charset=iso-8859-1><p>Jahresabschluß für alle {" + STRAY + "}</p>";
        assertThat(read("Content-Type: text/html", "", html).body())
                .first()
                .asString()
                .isEqualToIgnoringWhitespace("Jahresabschluß für alle " + STRAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html", "text/html; charset=iso-8859-1", "text/plain; charset=utf-8"})
    void aByteOrderMarkDecides(String type) throws IOException {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            String body = Base64.getMimeEncoder().encodeToString("\uFEFFPrüfbericht 会議".getBytes(charset));
            MessageText text = read("Content-Type: " + type, "Content-Transfer-Encoding: base64", "", body);
            assertThat(text.body()).as(charset.name()).containsExactly("Prüfbericht 会議");
        }
    }
}
