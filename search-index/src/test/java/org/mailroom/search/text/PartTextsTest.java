/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.RawMessage;

/** Formats of text are read as their readers lay them out. */
class PartTextsTest {

    private static List<String> read(String... lines) throws IOException {
        return new MessageTextReader().read(RawMessage.ofLines(lines).stream()).body();
    }

    @Test
    void flowedTextIsJoinedWithoutItsBlanks() throws IOException {
        assertThat(read(
                        "Content-Type: text/plain; charset=utf-8; Format=Flowed; DelSp=Yes",
                        "",
                        "会議の議 ",
                        " 事録を送ります",
                        "> quo ",
                        "> ted",
                        "> other ",
                        ">> depth",
                        "-- ",
                        "name"))
                .containsExactly("会議の議事録を送ります\r\n> quoted\r\n> other\n>> depth\r\n-- \r\nname\r\n");
        assertThat(read("Content-Type: text/plain; format=flowed", "", "two ", "lines"))
                .containsExactly("two \r\nlines\r\n");
    }

    @ParameterizedTest
    @CsvSource({"text/calendar", "text/vcard", "text/x-vcard", "application/ics"})
    void calendarsAndCardsAreUnfoldedInsideACharacterToo(String type) throws IOException {
        String folded = "Content-Type: " + type + "; charset=utf-8\r\n\r\nSUMMARY:Gr\u00C3\r\n \u00BC\u00C3\n\t\u009Fe";
        byte[] octets = folded.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new MessageTextReader()
                        .read(new ByteArrayInputStream(octets))
                        .body())
                .containsExactly("SUMMARY:Grüße");
    }

    @Test
    void headersSentAsTextAreDecoded() throws IOException {
        assertThat(read(
                        "Content-Type: text/rfc822-headers",
                        "",
                        "Subject: =?utf-8?Q?D=C3=B6ner?=",
                        " mit alles",
                        "From: x@y.z",
                        "",
                        "and a body"))
                .containsExactly("Subject: Döner mit alles", "From: x@y.z", "and a body\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, a",
        "application/xml, a",
        "application/ld+json, a",
        "application/octet-stream, a.txt",
        "application/octet-stream, A.CSV",
        "application/octet-stream, a.b.log",
        "application/octet-stream, a.md",
        "application/x-download, a.json",
    })
    void filesOfTextAreText(String type, String name) throws IOException {
        assertThat(read("Content-Type: " + type + "; name=\"" + name + "\"", "", "kingfisher"))
                .containsExactly(name, "kingfisher\r\n");
    }

    @ParameterizedTest
    @CsvSource({"application/octet-stream, a.bin", "application/octet-stream, txt", "application/pdf, a.txt"})
    void otherFilesAreNot(String type, String name) throws IOException {
        assertThat(read("Content-Type: " + type + "; name=\"" + name + "\"", "", "kingfisher"))
                .containsExactly(name);
    }

    @Test
    void filesAreReadByTheKindOfTextTheirNameSays() throws IOException {
        String type = "Content-Type: application/octet-stream; name=";
        assertThat(read(type + "a.html", "", "<b>king</b>fisher<!-- no -->")
                        .get(1)
                        .strip())
                .isEqualTo("kingfisher");
        assertThat(read(type + "a.ics", "", "SUMMARY:king", " fisher"))
                .containsExactly("a.ics", "SUMMARY:kingfisher\r\n");
        assertThat(read(type + "a.eml", "Content-Transfer-Encoding: base64", "", "U3ViamVjdDogeAoKeQo="))
                .containsExactly("a.eml", "x", "y\n");
    }

    @Test
    void filesUuencodedInATextCount() throws IOException {
        assertThat(read(
                        "Subject: x",
                        "",
                        "before",
                        "begin 644 plover.txt",
                        "+:&5L;&\\@=V]R;&0",
                        "`",
                        "end",
                        "after",
                        "begin 644 plover.gif",
                        "+:&5L;&\\@=V]R;&0",
                        "end",
                        "begin 644 no file",
                        "here begins nothing"))
                .hasSize(4)
                .endsWith("plover.txt", "hello world", "plover.gif");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html, charset=utf-8",
                "text/html,charset=utf-8",
                "text/html; charset=utf-8, format=flowed",
                "text/html; charset=\"utf-8\", format=flowed"
            })
    void parametersMayBeDividedByCommas(String type) throws IOException {
        assertThat(read("Content-Type: " + type, "", "<b>in</b>voice könig"))
                .singleElement()
                .satisfies(text -> assertThat(text.strip()).isEqualTo("invoice könig"));
    }
}
