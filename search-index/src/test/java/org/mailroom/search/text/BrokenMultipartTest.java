/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RawMessage;

/** What a reader could read of a multipart that breaks the rules is read. */
class BrokenMultipartTest {

    private static List<String> read(String... lines) throws IOException {
        return new MessageTextReader()
                .read(RawMessage.ofLines(lines).stream()).body().stream()
                        .map(String::strip)
                        .toList();
    }

    @Test
    void withoutAnyDelimiterItIsTextWithItsTransferEncodingDecoded() throws IOException {
        assertThat(read(
                        "Content-Type: multipart/mixed; boundary=q",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "Gr=C3=BC=C3=9Fe"))
                .containsExactly("Grüße");
        assertThat(read(
                        "Content-Type: multipart/alternative; boundary=q",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "a2luZ2Zpc2hlcg=="))
                .containsExactly("kingfisher");
        assertThat(read("Content-Type: multipart/mixed; boundary=q", "", "kingfisher", "--q--", "plover"))
                .containsExactly("kingfisher\r\nplover");
    }

    @Test
    void withoutAnyDelimiterItIsTextInsideOtherPartsAndMessagesToo() throws IOException {
        assertThat(read(
                        "Content-Type: multipart/mixed; boundary=O",
                        "",
                        "--O",
                        "Content-Type: multipart/alternative; boundary=I",
                        "",
                        "kingfisher",
                        "--O",
                        "Content-Type: message/rfc822",
                        "",
                        "Content-Type: multipart/related; boundary=J",
                        "",
                        "plover",
                        "--O--"))
                .containsExactly("kingfisher", "multipart/related; boundary=J", "plover");
    }

    @Test
    void aPreambleIsNoTextWhereAPartFollows() throws IOException {
        assertThat(read("Content-Type: multipart/mixed; boundary=q", "", "pre", "--q--", "mble", "--q", "", "part"))
                .containsExactly("part");
    }

    @Test
    void aBoundaryThatDoesNotFitIsGuessed() throws IOException {
        assertThat(read(
                        "Content-Type: multipart/mixed; boundary=\"--xx\"",
                        "",
                        "This is a multipart message.",
                        "--xx",
                        "Content-Type: text/html",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "PGI+a2luZ2Zpc2hlcjwvYj4=",
                        "--xx",
                        "content-type: text/plain",
                        "",
                        "plover",
                        "--xx--"))
                .containsExactly("kingfisher", "plover");
    }

    @Test
    void theFirstDelimiterMayStandRightUnderTheHeader() throws IOException {
        assertThat(read(
                        "Subject: x",
                        "Content-Type: multipart/mixed;",
                        " boundary=\"q\"",
                        "--q",
                        "Content-Type: text/plain",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "k=69ngfisher",
                        "--q",
                        "Content-Type: multipart/alternative; boundary=r",
                        "--r",
                        "",
                        "plover",
                        "--r--",
                        "--q--"))
                .containsExactly("kingfisher", "plover");
    }

    @Test
    void anInnerBoundaryMayEqualTheOuter() throws IOException {
        String[] open = {
            "Content-Type: multipart/mixed; boundary=q",
            "",
            "--q",
            "Content-Type: multipart/alternative; boundary=q",
            "",
            "--q",
            "",
            "one",
            "--q",
            "",
            "two",
            "--q--",
            "--q",
            "",
            "three",
            "--q--"
        };
        assertThat(read(open)).containsExactly("one", "two", "three");
    }

    @Test
    void partsBehindAnEarlyEndArePartsAndWhatStandsBetweenIsNot() throws IOException {
        assertThat(read(
                        "Content-Type: multipart/mixed; boundary=E",
                        "",
                        "--E",
                        "",
                        "one",
                        "--E--",
                        "epilogue",
                        "--E",
                        "Content-Type: text/plain",
                        "",
                        "two",
                        "--E--",
                        "epilogue"))
                .containsExactly("one", "two");
    }

    @Test
    void aHeaderMayEndWithCarriageReturnsTooMany() throws IOException {
        assertThat(read("Subject: x\r", "Content-Type: text/html\r", "\r", "<b>kingfisher</b>\r"))
                .containsExactly("kingfisher");
    }

    @Test
    void dashesEndNoHeaderWhereNoBoundaryIsNamed() throws IOException {
        String mail = "Content-Type: multipart/mixed\n--\n folded\nSubject: x\n\nkingfisher\n";
        MessageText text =
                new MessageTextReader().read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
        assertThat(text.header()).extracting(HeaderField::name).contains("Subject");
        assertThat(text.body()).containsExactly("kingfisher\n");
    }
}
