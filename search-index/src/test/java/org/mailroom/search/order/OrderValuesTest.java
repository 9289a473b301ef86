/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.TextLimits;

/** What messages are sorted by (RFC 5256 section 3, RFC 5957 section 3). */
class OrderValuesTest {
    private static final Instant INTERNAL_DATE = Instant.parse("2024-05-06T07:08:09.123Z");

    private static OrderValues of(String... header) {
        return of(TextLimits.DEFAULT, header);
    }

    private static OrderValues of(TextLimits limits, String... header) {
        RawMessage message = RawMessage.ofLines(
                Stream.concat(Stream.of(header), Stream.of("", "text")).toArray(String[]::new));
        try {
            return OrderValues.of(
                    new MessageTextReader(limits).read(message.stream()).envelope(), INTERNAL_DATE, 42);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "joe@example.org | JOE | JOE@EXAMPLE.ORG",
                "Joe Bloggs <joe@example.org> | JOE | JOE BLOGGS",
                "<joe@example.org> | JOE | JOE@EXAMPLE.ORG",
                "\"\" <joe@example.org> | JOE | JOE@EXAMPLE.ORG",
                "\"Bloggs, Joe\" <joe@example.org>, ann@example.org | JOE | BLOGGS, JOE",
                "\"Bloggs \\\"J\\\" (Joe\\)\" <joe@example.org> | JOE | BLOGGS \"J\" (JOE)",
                "joe@example.org (Joe Bloggs) | JOE | JOE BLOGGS",
                "joe@example.org (=?utf-8?q?J=C3=B6?= Bloggs) | JOE | JO\u0308 BLOGGS",
                "\" \u00a0\" <joe@example.org> | JOE | JOE@EXAMPLE.ORG",
                "joe (at home) @ example . org | JOE | JOE@EXAMPLE.ORG",
                "() , joe@example.org () | JOE | JOE@EXAMPLE.ORG",
                "=?utf-8?q?Bloggs=2C_J=C3=B6?= <joe@example.org>, ann@example.org | JOE | BLOGGS, JO\u0308",
                "=?utf-8?q?J=C3=B6?= =?utf-8?q?rg?= Bloggs <joe@example.org> | JOE | JO\u0308RG BLOGGS",
                "\"=?utf-8?q?J=C3=B6rg?=\" <joe@example.org> | JOE | JO\u0308RG",
                "J\u00f6rg <joe@example.org> | JOE | JO\u0308RG",
                "'' | '' | ''",
                ", , joe@example.org | JOE | JOE@EXAMPLE.ORG",
                "friends: joe@example.org, ann@example.org; | FRIENDS | FRIENDS",
                "undisclosed-recipients:; | UNDISCLOSED-RECIPIENTS | UNDISCLOSED-RECIPIENTS",
                "joe | JOE | JOE",
                "Joe <joe> | JOE | JOE",
                "Joe Bloggs | JOE BLOGGS | JOE BLOGGS",
                "\"joe bloggs\"@example.org | JOE BLOGGS | JOE BLOGGS@EXAMPLE.ORG",
                "<@a.example,@b.example:joe@example.org> | JOE | JOE@EXAMPLE.ORG",
                "Joe Bloggs <joe@example.org | JOE | JOE BLOGGS",
            })
    void readsTheFirstAddress(String address, String mailbox, String display) {
        OrderValues values = of("From: " + address, "To: " + address, "Cc: " + address);
        assertThat(values.from()).isEqualTo(mailbox);
        assertThat(values.to()).isEqualTo(mailbox);
        assertThat(values.cc()).isEqualTo(mailbox);
        assertThat(values.displayFrom()).isEqualTo(display);
        assertThat(values.displayTo()).isEqualTo(display);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 31 Dec 2000 16:01:33 -0800 | 2001-01-01T00:01:33Z",
                "Mon, 1 Jan 2001 00:01:33 +0000 | 2001-01-01T00:01:33Z",
                "1 Jan 01 00:01 EST | 2001-01-01T05:01:00Z",
                "1 Jan 2001 00:01:33 PDT (whatever) | 2001-01-01T07:01:33Z",
                "1 Jan 2001 00:01:33 GMT | 2001-01-01T00:01:33Z",
                "1 Jan 2001 00:01:33 Z | 2001-01-01T00:01:33Z",
                "Mon Jan 01 2001 13:30:00 GMT+0200 (EET) | 2001-01-01T11:30:00Z",
                "1 Jan 2001 12:40:00 UTC+01:00 | 2001-01-01T11:40:00Z",
                "1 Jan 2001 12:40:00 utc-1 | 2001-01-01T13:40:00Z",
                "1 Jan 2001 12:30:00 +1:00 | 2001-01-01T11:30:00Z",
                "1 Jan 2001 12:30:00 -1 | 2001-01-01T13:30:00Z",
                "1 Jan 2001 12:30:00 +530 | 2001-01-01T07:00:00Z",
                "1 Jan 2001 12:30:00 UT | 2001-01-01T12:30:00Z",
                "1 Jan 2001 00:01:33 CEST | 2001-01-01T00:01:33Z",
                "1 Jan 2001 00:01:33 +9900 | 2001-01-01T00:01:33Z",
                "1 Jan 2001 00:01:33 +-0500 | 2001-01-01T00:01:33Z",
                "1 Jan 2001 00:01:33 | 2001-01-01T00:01:33Z",
                "1 Jan 2001 00:01:60 +0530 | 2000-12-31T18:32:00Z",
                "1 Jan 2001 25:01:33 +0200 | 2001-01-01T00:00:00Z",
                "1 Jan 2001 | 2001-01-01T00:00:00Z",
                "1 Jan 2001 10:05:15 PM | 2001-01-01T22:05:15Z",
                "1 Jan 2001 12:05:15 am | 2001-01-01T00:05:15Z",
                "1 Jan 2001 1 : 05 : 15 -0100 | 2001-01-01T02:05:15Z",
                "Mon Jan  1 00:01:33 2001 | 2001-01-01T00:01:33Z",
                "Mon Jan  1 00:01:33 EST 2001 | 2001-01-01T05:01:33Z",
                "Mon Jan 1 00:01:33 2001 -0500 | 2001-01-01T05:01:33Z",
                "2001-01-01T00:01:33.25+01:00 | 2000-12-31T23:01:33Z",
                "yesterday | 2024-05-06T07:08:09.123Z",
            })
    void readsTheSentDate(String date, Instant sent) {
        assertThat(of("Date: " + date).date()).isEqualTo(sent.toEpochMilli());
    }

    @Test
    void readsADateThatIsFoldedWithinAndCommentedOn() {
        // as in RFC 5322 appendix A.5
        OrderValues values = of(
                "Date: Tue,",
                "      4",
                "        Mar",
                "          1997",
                "      21:30",
                "               -0330 (Atlantic (or so) time)");
        assertThat(values.date())
                .isEqualTo(Instant.parse("1997-03-05T01:00:00Z").toEpochMilli());
        OrderValues commented =
                of("Date: " + "(a long comment) ".repeat(100) + "4 Mar 1997 21:30" + " ".repeat(1_000) + "-0330");
        assertThat(commented.date()).isEqualTo(values.date());
    }

    @Test
    void whatIsMissingIsTheLeast() {
        OrderValues values = of("X-Other: y");
        assertThat(values.date()).isEqualTo(values.arrival()).isEqualTo(INTERNAL_DATE.toEpochMilli());
        assertThat(List.of(values.subject(), values.from(), values.to(), values.cc(), values.displayTo()))
                .containsOnly("");
        assertThat(values.ancestry().id()).isEmpty();
        assertThat(values.size()).isEqualTo(42);
    }

    @Test
    void ofFieldsThatOccurTwiceTheFirstCounts() {
        OrderValues values =
                of("Subject: one", "Subject: two", "From: a@x", "From: b@x", "Date: none", "Date: 1 Jan 2001");
        assertThat(values.subject()).isEqualTo("ONE");
        assertThat(values.from()).isEqualTo("A");
        assertThat(values.date())
                .isEqualTo(Instant.parse("2001-01-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void subjectsAreDecodedAndUnfoldedFirst() {
        assertThat(of("Subject: =?utf-8?q?Re=3A_Gr=C3=BC=C3=9Fe?=", "\tan   alle (fwd)")
                        .subject())
                .isEqualTo(of("Subject: GR\u00dc\u00dfE An aLLe").subject());
    }

    @Test
    void theHeaderIsReadWholeWhereTheTextReachesALimit() {
        TextLimits few = new TextLimits(1, 100);
        String[] header = {"Subject: Re: hello", "From: a@x", "Message-ID: <1@x>", "Date: 1 Jan 2001 12:00 +0100"};
        assertThat(of(few, header)).isEqualTo(of(header));
    }

    @Test
    void ofVeryLongTextsTheBeginningCounts() {
        String longest = of("Subject: " + "\u65e5".repeat(60_000)).subject();
        assertThat(longest).isEqualTo("\u65e5".repeat(OrderValues.LONGEST / 3));
        String pairs = of("Subject: x" + "\ud83d\ude00".repeat(60_000)).subject();
        assertThat(pairs).endsWith("\ude00").hasSize(1 + 2 * ((OrderValues.LONGEST - 1) / 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a@x> | <b@x> | <a@x>",
                "<a@x> text <b@x> | <c@x> | <a@x> <b@x>",
                "'' | <b@x> <c@x> | <b@x>",
                "none | Your message of Friday, <b@x> | <b@x>",
                "<not-one> <@x> <a@> <a@x | \"b\" <b@x> | <b@x>",
                "<\"a\"@x> | '' | <a@x>",
                "<\"a\\\"b\"@x> | '' | <\"a\\\"b\"@x>",
                "<a@ x><b @x> | '' | <a@x> <b@x>",
                "<<a@x>> | '' | <a@x>",
            })
    void readsReferences(String references, String inReplyTo, String read) {
        Ancestry ancestry =
                of("References: " + references, "In-Reply-To: " + inReplyTo).ancestry();
        assertThat(ancestry.references())
                .isEqualTo(of("References: " + read).ancestry().references())
                .hasSameSizeAs(read.split(" "));
    }

    @Test
    void messageIdsAreComparedWithTheirCase() {
        assertThat(of("Message-ID: <a@x>").ancestry())
                .isNotEqualTo(of("Message-ID: <A@x>").ancestry());
        assertThat(of("Message-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>").ancestry())
                .isEqualTo(of("Message-ID: <01KF8JCEOCBS0045PS@xxx.yyy.com>").ancestry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<\"", "<\"\\\"", "<a@x>", "\"", "(", "=?", ",", ":", ";", "<a@x>,", "\\", "a@", "@"})
    void takesLittleTimeWhateverIsRepeated(String piece) {
        String hostile = piece.repeat(900_000 / piece.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> List.of("References: ", "Subject: ", "To: ", "Date: ").forEach(name -> of(name + hostile)));
    }
}
