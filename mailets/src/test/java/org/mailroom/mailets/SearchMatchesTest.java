/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailets.conditions.MailConditions;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

class SearchMatchesTest {
    private static final String NAME = "org.mailroom.mailets.SearchMatches";
    private static final Instant NOW = Instant.parse("2024-06-15T22:30:00Z");

    private static SearchMatches matcher(String condition) throws MessagingException {
        return matcher(condition, Casemap.keepingAccents());
    }

    private static SearchMatches matcher(String condition, Casemap casemap) throws MessagingException {
        SearchMatches matcher = new SearchMatches(new MailConditions(
                new SearchKeyParser(SearchLimits.DEFAULT),
                SignatureFields.DEFAULT,
                casemap,
                new MessageTextReader(),
                Clock.fixed(NOW, ZoneOffset.ofHours(9))));
        matcher.init(FakeMatcherConfig.builder()
                .matcherName(NAME)
                .condition(condition)
                .build());
        return matcher;
    }

    private static boolean matches(String condition, Mail mail) throws MessagingException {
        return !matcher(condition).match(mail).isEmpty();
    }

    @Test
    void aMatchShouldBeForAllRecipientsAndNoMatchForNone() throws Exception {
        Mail mail = SampleMail.numbered("001");

        assertThat(matcher("SUBJECT invoice").match(mail))
                .extracting(MailAddress::asString)
                .containsExactly(SampleMail.RECIPIENTS);
        assertThat(matcher("SUBJECT octopus").match(mail)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SUBJECT voic | 001",
                "TEXT \"invoice total is £1,284.50\" | 001",
                "BODY 請求書 | 041",
                "FROM zoé | ",
                "BODY \"zoé GARÇON\" SUBJECT inside | 143",
                "BODY hirondelle | 143",
                "TEXT KÖSZÖNÖM | 161",
                "NOT ALL | ",
                "OR BODY hirondelle TEXT KÖSZÖNÖM | 143 161",
                "HEADER Content-Language ja | 041",
                "SENTON 13-Mar-2024 | ",
                "SENTON 14-Mar-2024 | 143",
                "SENTBEFORE 1-Feb-2024 UNSEEN | 001 041",
                "FUZZY BODY hirondelle | 143",
            })
    void sampleMailShouldMatchAsASearchWouldFindIt(String condition, String numbers) throws Exception {
        List<String> matched = new ArrayList<>();
        for (String number : List.of("001", "041", "143", "161")) {
            if (matches(condition, SampleMail.numbered(number))) {
                matched.add(number);
            }
        }

        assertThat(matched).containsExactly(numbers == null ? new String[0] : numbers.split(" "));
    }

    @Test
    void accentsShouldCountUnlessTheConfigurationFoldsThem() throws Exception {
        Mail mail = SampleMail.numbered("143");
        String without = "BODY \"zoe garcon\"";

        assertThat(matcher(without).match(mail)).isEmpty();
        assertThat(matcher(without, Casemap.foldingAccents()).match(mail)).isNotEmpty();
        assertThat(matcher("BODY \"zoé GARÇON\"", Casemap.foldingAccents()).match(mail))
                .isNotEmpty();
    }

    @Test
    void noSampleMessageShouldBeBeyondReading() throws Exception {
        SearchMatches nothing = matcher("TEXT \"a phrase that stands in no message\"");
        SearchMatches date = matcher("OR SENTSINCE 1-Jan-1970 NOT SENTSINCE 1-Jan-1970");
        List<Path> files = SampleMail.files();

        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            assertThat(nothing.match(SampleMail.of(Files.readAllBytes(file))))
                    .as(file.toString())
                    .isEmpty();
            assertThat(date.match(SampleMail.of(Files.readAllBytes(file))))
                    .as(file.toString())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALL",
                "UNSEEN UNANSWERED UNDELETED UNDRAFT UNFLAGGED",
                "UNKEYWORD $Junk",
                "NOT SEEN",
                "ON 15-Jun-2024",
                "SINCE 15-Jun-2024",
                "BEFORE 16-Jun-2024",
                "SAVEDON 15-Jun-2024",
                "YOUNGER 1",
                "NOT OLDER 1",
                "NOT SAVEDATESUPPORTED",
            })
    void mailShouldBeJustArrivedAndWithoutFlags(String condition) throws Exception {
        assertThat(matches(condition, SampleMail.numbered("001"))).isTrue();
        assertThat(matches("NOT (" + condition + ")", SampleMail.numbered("001")))
                .isFalse();
    }

    @Test
    void sizeShouldBeThatOfTheMessageWithItsHeader() throws Exception {
        byte[] message = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(matches("LARGER 19 SMALLER 21", SampleMail.of(message))).isTrue();
        assertThat(matches("LARGER 20", SampleMail.of(message))).isFalse();

        Mail changed = SampleMail.of(message);
        changed.getMessage().addHeader("X-Y", "z");
        assertThat(matches("LARGER 27 SMALLER 29", changed)).isTrue();
    }

    @Test
    void mailShouldBeSeenAsMailetsBeforeHaveLeftIt() throws Exception {
        Mail header = SampleMail.numbered("001");
        header.getMessage().setHeader("Subject", "changed");
        Mail body = SampleMail.numbered("001");
        body.getMessage().setText("changed");
        body.getMessage().saveChanges();

        assertThat(matches("SUBJECT changed BODY invoice", header)).isTrue();
        assertThat(matches("SUBJECT invoice BODY shed", header)).isFalse();
        assertThat(matches("SUBJECT invoice BODY changed", body)).isTrue();
        assertThat(matches("BODY shed", body)).isFalse();
    }

    @Test
    void matchingShouldReadTheMessageOnceAndOnlyForItsTextAndNotChangeIt() throws Exception {
        CountedMessage source = new CountedMessage();
        Mail mail = SampleMail.of(source);

        assertThat(matches("UNSEEN SMALLER 1000", mail)).isTrue();
        assertThat(source.opened).isZero();
        assertThat(matches("TEXT there FROM ada BODY hello SUBJECT \"\"", mail)).isTrue();
        assertThat(source.opened).isOne();
        assertThat(source.closed).isOne();
        assertThat(((MimeMessageWrapper) mail.getMessage()).isModified()).isFalse();
    }

    @Test
    void messagesThatAreNotOfJamesShouldBeReadToo() throws Exception {
        MimeMessage plain = new MimeMessage(null, new CountedMessage().getInputStream());

        assertThat(matches("SUBJECT hi BODY hello", FakeMail.from(plain))).isFalse();
        assertThat(matcher("SUBJECT hi BODY hello")
                        .match(FakeMail.builder()
                                .name("fake")
                                .mimeMessage(plain)
                                .recipient("ann@example.org")
                                .build()))
                .containsExactly(new MailAddress("ann@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID 1:3",
                "UID $",
                "1:*",
                "7",
                "$",
                "MODSEQ 5",
                "EMAILID M1",
                "THREADID T1",
                "RECENT",
                "NEW",
                "OLD",
            })
    void keysThatSpeakOfAMailboxOrASessionShouldStopTheStart(String key) {
        for (String condition : List.of(
                key, "SUBJECT a " + key, "NOT " + key, "OR ALL (SEEN " + key + ")", "OR OR ALL ALL FUZZY " + key)) {
            assertThatThrownBy(() -> matcher(condition))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageStartingWith("Matcher " + NAME + ": '" + condition + "' asks for " + key + ", which")
                    .hasMessageContaining("leave that key out");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBJEKT invoice | SUBJEKT",
                "SUBJECT | at octet 7",
                "(SUBJECT a | opening bracket",
                "SUBJECT \"a | at octet",
                "LARGER many | many",
                "CHARSET utf-8 TEXT a | CHARSET",
            })
    void whatIsNoSearchExpressionShouldStopTheStart(String condition, String reason) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("Matcher " + NAME + ": '" + condition + "' is no IMAP search expression: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aConditionBeyondTheLimitsShouldStopTheStart() {
        String deep = "NOT ".repeat(SearchLimits.DEFAULT.depth() + 1) + "ALL";

        assertThatThrownBy(() -> matcher(deep)).isInstanceOf(MessagingException.class);
    }

    @Test
    void aMissingConditionShouldStopTheStart() {
        for (String none : new String[] {null, "", "  "}) {
            assertThatThrownBy(() -> matcher(none))
                    .isInstanceOf(MessagingException.class)
                    .hasMessage(
                            "Matcher " + NAME + " has no condition: write an IMAP search expression behind it, as in"
                                    + " match=\"" + NAME + "=SUBJECT invoice\"");
        }
    }

    @Test
    void aMessageThatCannotBeReadShouldBeForJamesToDecide() throws Exception {
        Mail unreadable = SampleMail.of(new BrokenMessage());
        Mail empty = FakeMail.builder().name("no-message").build();

        assertThatThrownBy(() -> matcher("TEXT a").match(unreadable))
                .isInstanceOf(MessagingException.class)
                .hasMessage("the message of mail sample-mail cannot be read: disk gone");
        assertThatThrownBy(() -> matcher("TEXT a").match(empty))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no-message");
        assertThatThrownBy(() -> matcher("LARGER 1").match(empty))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no-message");
    }

    @Test
    void whatIsLoggedOfAMatcherShouldNotTellItsCondition() throws Exception {
        assertThat(matcher("SUBJECT secret").getMatcherInfo()).isEqualTo("Mailroom SearchMatches");
    }

    /** Knows how often it was opened and closed. */
    private static final class CountedMessage implements MimeMessageSource {
        private static final byte[] OCTETS =
                "From: ada@example.org\r\nSubject: hi there\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        private int opened;
        private int closed;

        @Override
        public String getSourceId() {
            return "counted";
        }

        @Override
        public InputStream getInputStream() {
            opened++;
            return new ByteArrayInputStream(OCTETS) {
                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public long getMessageSize() {
            return OCTETS.length;
        }
    }

    /** Its store goes away while it is read. */
    private static final class BrokenMessage implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "broken";
        }

        @Override
        public InputStream getInputStream() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("disk gone");
                }
            };
            return new SequenceInputStream(new CountedMessage().getInputStream(), broken);
        }

        @Override
        public long getMessageSize() {
            return 1;
        }
    }
}
