/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.RawMessage;

/** What well-formed messages have for a text, row by row of what the design demands. */
class MessageTextReaderTest {

    private final MessageTextReader reader = new MessageTextReader();

    private MessageText read(String... lines) throws IOException {
        return reader.read(RawMessage.ofLines(lines).stream());
    }

    private static String base64(String text, String charset) {
        return Base64.getMimeEncoder().encodeToString(text.getBytes(Charset.forName(charset)));
    }

    @Test
    void headerFieldsComeInOrderUnfoldedAndDecodedEveryOccurrence() throws IOException {
        MessageText text = read(
                "Received: from a by b;",
                "\tTue, 5 Mar 2002 12:00:00 +0000",
                "Received: from c by d",
                "SUBJECT: =?utf-8?Q?caf=C3=A9?= and",
                "  more",
                "X-Empty:",
                "",
                "body");

        assertThat(text.header())
                .containsExactly(
                        new HeaderField("Received", "from a by b;\tTue, 5 Mar 2002 12:00:00 +0000"),
                        new HeaderField("Received", "from c by d"),
                        new HeaderField("SUBJECT", "café and  more"),
                        new HeaderField("X-Empty", ""));
        assertThat(text.values("subject")).containsExactly("café and  more");
        assertThat(text.values("received")).hasSize(2);
        assertThat(text.complete()).isTrue();
    }

    @Test
    void rawOctetsInTheHeaderAreUtf8WhereValidElseWindows1252() throws IOException {
        byte[] utf8 = "Subject: Gr\u00FC\u00DFe\r\n".getBytes(Charset.forName("UTF-8"));
        byte[] windows = "From: J\u00FCrgen \u20AC\r\n\r\n".getBytes(Charset.forName("windows-1252"));
        MessageText text =
                reader.read(new SequenceInputStream(new ByteArrayInputStream(utf8), new ByteArrayInputStream(windows)));

        assertThat(text.values("subject")).containsExactly("Grüße");
        assertThat(text.values("from")).containsExactly("Jürgen €");
    }

    @Test
    void aMessageWithoutContentTypeIsPlainText() throws IOException {
        assertThat(read("Subject: x", "", "one", "two").body()).containsExactly("one\r\ntwo\r\n");
    }

    @Test
    void aMessageWithoutBodyHasNone() throws IOException {
        assertThat(read("Subject: x", "").body()).isEmpty();
        assertThat(read("Subject: x").body()).isEmpty();
        assertThat(reader.read(InputStream.nullInputStream()))
                .isEqualTo(new MessageText(List.of(), List.of(), Optional.empty(), true));
    }

    @ParameterizedTest
    @CsvSource({"iso-8859-1", "windows-1252", "utf-8", "iso-8859-15", "utf-16"})
    void charsetsAndTransferEncodingsAreDecoded(String charset) throws IOException {
        assertThat(read(
                                "Content-Type: text/plain; charset=" + charset,
                                "Content-Transfer-Encoding: BASE64",
                                "",
                                base64("déjà vu", charset))
                        .body())
                .containsExactly("déjà vu");
    }

    @Test
    void aTextWithoutCharsetIsUtf8WhereValidElseWindows1252() throws IOException {
        assertThat(read("Content-Transfer-Encoding: base64", "", base64("5 €", "utf-8"))
                        .body())
                .containsExactly("5 €");
        assertThat(read("Content-Transfer-Encoding: base64", "", base64("5 € é", "windows-1252"))
                        .body())
                .containsExactly("5 € é");
    }

    @Test
    void anUnknownCharsetIsWindows1252() throws IOException {
        assertThat(read(
                                "Content-Type: text/plain; charset=x-no-such",
                                "Content-Transfer-Encoding: quoted-printable",
                                "",
                                "=805 caf=E9")
                        .body())
                .containsExactly("€5 café\r\n");
    }

    @Test
    void everyTextPartCountsInOrderAlternativesAndAttachmentsToo() throws IOException {
        MessageText text = read(
                "Content-Type: multipart/mixed; boundary=outer",
                "",
                "preamble",
                "--outer",
                "Content-Type: multipart/alternative; boundary=inner",
                "",
                "--inner",
                "",
                "plain",
                "--inner",
                "Content-Type: text/html",
                "",
                "<p>ht<b>ml</b></p>",
                "--inner--",
                "inner epilogue",
                "--outer",
                "Content-Type: text/csv",
                "Content-Disposition: attachment",
                "",
                "a;b",
                "--outer",
                "Content-Type: application/octet-stream",
                "",
                "binary",
                "--outer",
                "Content-Type: text/calendar",
                "",
                "BEGIN:VCALENDAR",
                "--outer--",
                "epilogue");

        assertThat(text.body().stream().map(String::strip)).containsExactly("plain", "html", "a;b", "BEGIN:VCALENDAR");
        assertThat(text.header()).hasSize(1);
    }

    @Test
    void htmlGivesItsVisibleTextInItsCharset() throws IOException {
        assertThat(read(
                                "Content-Type: text/html; charset=iso-8859-1",
                                "Content-Transfer-Encoding: quoted-printable",
                                "",
                                "<style>x</style><p>caf=E9 &euro;</p><!-- no -->")
                        .body())
                .singleElement()
                .satisfies(body -> assertThat(body.strip()).isEqualTo("café €"));
    }

    @Test
    void htmlWithoutCharsetMayNameItItself() throws IOException {
        String html =
                "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\"></head>привет</html>";
        assertThat(read("Content-Type: text/html", "Content-Transfer-Encoding: base64", "", base64(html, "koi8-r"))
                        .body())
                .singleElement()
                .satisfies(body -> assertThat(body.strip()).isEqualTo("привет"));
        // converted on its way: what it says of itself is old
        assertThat(read("Content-Type: text/html", "Content-Transfer-Encoding: base64", "", base64(html, "utf-8"))
                        .body())
                .singleElement()
                .satisfies(body -> assertThat(body.strip()).isEqualTo("привет"));
    }

    @Test
    void anAttachedMessageGivesItsHeaderFieldsAndItsBodyRecursively() throws IOException {
        MessageText text = read(
                "Subject: outer",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: message/rfc822; name=\"fwd.eml\"",
                "",
                "Subject: =?utf-8?Q?in=C3=BCer?=",
                "From: inner@example.org",
                "Date: Tue, 5 Mar 2002 12:00:00 +0000",
                "Content-Type: message/rfc822",
                "",
                "Subject: innermost",
                "",
                "innermost body",
                "--b--");

        assertThat(text.header()).extracting(HeaderField::name).containsExactly("Subject", "Content-Type");
        assertThat(text.body().stream().map(String::strip))
                .containsExactly(
                        "fwd.eml",
                        "inüer",
                        "inner@example.org",
                        "Tue, 5 Mar 2002 12:00:00 +0000",
                        "message/rfc822",
                        "innermost",
                        "innermost body");
        assertThat(text.sentDate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"message/rfc822", "message/global", "MESSAGE/RFC822"})
    void attachedMessagesMayBeEncoded(String type) throws IOException {
        assertThat(read(
                                "Content-Type: " + type,
                                "Content-Transfer-Encoding: base64",
                                "",
                                base64("Subject: inner\r\n\r\nbody\r\n", "utf-8"))
                        .body())
                .containsExactly("inner", "body\r\n");
    }

    @Test
    void partsOfADigestAreMessages() throws IOException {
        assertThat(read(
                                "Content-Type: multipart/digest; boundary=b",
                                "",
                                "--b",
                                "",
                                "Subject: one",
                                "",
                                "first",
                                "--b",
                                "Content-Type: text/plain",
                                "",
                                "second",
                                "--b--")
                        .body())
                .containsExactly("one", "first", "second");
    }

    @Test
    void deliveryReportsGiveTheirText() throws IOException {
        assertThat(read(
                                "Content-Type: multipart/report; boundary=b",
                                "",
                                "--b",
                                "Content-Type: message/delivery-status",
                                "",
                                "Reporting-MTA: dns; mail.example.org",
                                "",
                                "Final-Recipient: rfc822; a@example.org",
                                "--b",
                                "Content-Type: text/rfc822-headers",
                                "",
                                "Subject: returned",
                                "--b--")
                        .body())
                .containsExactly(
                        "Reporting-MTA: dns; mail.example.org\r\n\r\nFinal-Recipient: rfc822; a@example.org",
                        "Subject: returned");
    }

    @Test
    void theFirstPieceOfAMessageInPiecesIsReadLikeAMessage() throws IOException {
        assertThat(read(
                                "Content-Type: message/partial; id=x; number=1; total=2",
                                "",
                                "Subject: whole",
                                "Content-Transfer-Encoding: base64",
                                "",
                                base64("beginning", "utf-8"))
                        .body())
                .containsExactly("whole", "base64", "beginning");
        assertThat(read("Content-Type: message/partial; id=x; number=2; total=2", "", "end: of it")
                        .body())
                .containsExactly("end: of it\r\n");
    }

    @Test
    void fileNamesOfPartsCount() throws IOException {
        MessageText text = read(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: application/pdf; name=\"=?utf-8?Q?Rechnung_M=C3=A4rz.pdf?=\"",
                "Content-Disposition: attachment; filename*0*=utf-8''Rechnung%20; filename*1*=M%C3%A4rz.pdf",
                "",
                "%PDF",
                "--b",
                "Content-Type: image/png; name=a.png",
                "Content-Disposition: inline; filename=b c.png",
                "",
                "PNG",
                "--b--");

        assertThat(text.body()).containsExactly("Rechnung März.pdf", "a.png", "b c.png");
    }

    @Test
    void textOfOtherPartsCountsWhereAnExtractorIsGiven() throws IOException {
        List<String> asked = new ArrayList<>();
        PartTextExtractor extractor = (mediaType, fileName, content) -> {
            asked.add(mediaType + " " + fileName.orElse("-"));
            return Optional.of("extracted: " + new String(content.readAllBytes(), Charset.forName("US-ASCII")));
        };
        MessageText text = new MessageTextReader(TextLimits.DEFAULT, extractor)
                .read(RawMessage.ofLines(
                        "Content-Type: multipart/mixed; boundary=b",
                        "",
                        "--b",
                        "Content-Type: Application/PDF; name=a.pdf",
                        "Content-Transfer-Encoding: base64",
                        "",
                        base64("pdf", "utf-8"),
                        "--b",
                        "",
                        "text",
                        "--b--")
                        .stream());

        assertThat(asked).containsExactly("application/pdf a.pdf");
        assertThat(text.body()).containsExactly("a.pdf", "extracted: pdf", "text");
        assertThat(text.complete()).isTrue();
    }

    @Test
    void anExtractorMayLeaveContentUnreadCloseItAndFail() throws IOException {
        String[] message = {
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: a/b",
            "",
            "x",
            "--b",
            "",
            "text",
            "--b--"
        };
        PartTextExtractor none = (mediaType, fileName, content) -> {
            content.close();
            return Optional.empty();
        };
        PartTextExtractor unreadable = (mediaType, fileName, content) -> {
            throw new IllegalStateException("not a b");
        };
        PartTextExtractor away = (mediaType, fileName, content) -> {
            throw new IOException("service is away");
        };

        for (PartTextExtractor extractor : List.of(none, unreadable, away)) {
            MessageText text =
                    new MessageTextReader(TextLimits.DEFAULT, extractor).read(RawMessage.ofLines(message).stream());
            assertThat(text.body()).containsExactly("text");
            assertThat(text.complete()).isEqualTo(extractor != away);
        }
    }

    @Test
    void theSentDateIsTheFirstThatCanBeReadInTheMessagesOwnHeader() throws IOException {
        assertThat(read("Date: tomorrow", "Date: Tue, 5 Mar 2002 23:59:00 -1200", "Date: 6 Mar 2002", "", "")
                        .sentDate())
                .contains(LocalDate.of(2002, 3, 5));
        assertThat(read("Subject: x", "", "Date: 6 Mar 2002").sentDate()).isEmpty();
    }

    @Test
    void aStreamThatFailsIsTheOnlyReasonToFail() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }
        };
        InputStream message = new SequenceInputStream(
                RawMessage.ofLines("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x").stream(), failing);

        assertThatThrownBy(() -> reader.read(message))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }
}
