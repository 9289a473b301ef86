/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.RawMessage;

class AttachmentsTest {

    private static boolean hasAttachment(String... partHeader) throws IOException {
        String message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
                + String.join("\r\n", partHeader) + "\r\n\r\ncontent\r\n--b--";
        return new MessageTextReader()
                .read(RawMessage.ofLines(message).stream())
                .hasAttachment();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/pdf",
                "application/pdf; name=a.pdf",
                "image/png",
                "application/octet-stream; name=a.txt",
                "application/json",
                "message/rfc822",
            })
    void filesAndMessagesAreAttachments(String type) throws IOException {
        assertThat(hasAttachment("Content-Type: " + type)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain",
                "text/html; name=a.html",
                "text/calendar; method=REQUEST",
                "message/delivery-status",
                "text/rfc822-headers",
                "application/pgp-signature; name=signature.asc",
                "application/pkcs7-signature; name=smime.p7s",
                "application/pgp-encrypted",
            })
    void textsAndSignaturesAreNot(String type) throws IOException {
        assertThat(hasAttachment("Content-Type: " + type)).isFalse();
    }

    @Test
    void theDispositionDecidesForTextsAndImages() throws IOException {
        assertThat(hasAttachment("Content-Type: text/plain", "Content-Disposition: attachment; filename=a.txt"))
                .isTrue();
        assertThat(hasAttachment("Content-Type: image/png", "Content-Disposition: ATTACHMENT", "Content-ID: <a>"))
                .isTrue();
        assertThat(hasAttachment("Content-Type: image/png", "Content-Disposition: inline; filename=a.png"))
                .isFalse();
        assertThat(hasAttachment("Content-Type: image/png; name=a.png", "Content-ID: <a>"))
                .isFalse();
        assertThat(hasAttachment("Content-Type: application/pdf", "Content-Disposition: inline; filename=a.pdf"))
                .isTrue();
        assertThat(hasAttachment(
                        "Content-Type: application/pkcs7-signature",
                        "Content-Disposition: attachment; filename=smime.p7s"))
                .isFalse();
    }

    @Test
    void whatIsPastALimitOfTextStillCounts() throws IOException {
        String[] lines = {
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "",
            "a long text",
            "--b",
            "Content-Type: application/pdf",
            "",
            "--b--"
        };
        MessageText text = new MessageTextReader(new TextLimits(5, 5)).read(RawMessage.ofLines(lines).stream());

        assertThat(text.complete()).isFalse();
        assertThat(text.hasAttachment()).isTrue();
    }
}
