/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.MessageText;

/** What each search key means, strings apart. */
class MessageMatchTest {
    private static final Instant NOW = Instant.parse("2024-05-10T13:00:00Z");

    private static boolean matches(String key, MessageView message) throws Exception {
        return MessageMatch.of(SearchKeyParser.parse(key)).matches(message, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL, true",
        "NOT ALL, false",
        "NOT NOT ALL, true",
        "OR ALL NOT ALL, true",
        "OR NOT ALL ALL, true",
        "OR NOT ALL NOT ALL, false",
        "OR NOT ALL OR NOT ALL ALL, true",
        "ALL ALL, true",
        "ALL NOT ALL, false",
        "(NOT ALL) ALL, false",
        "FUZZY ALL, true",
        "FUZZY NOT ALL, false",
        "UID 7, true",
        "UID 6, false",
        "UID 9:5, true",
        "'UID 1:6,8,9:20', false",
        "'UID 20,1:3,7', true",
        "LARGER 3999, true",
        "LARGER 4000, false",
        "SMALLER 4001, true",
        "SMALLER 4000, false",
        "MODSEQ 100, true",
        "MODSEQ 101, false",
        "MODSEQ 0, true",
        "MODSEQ \"/flags/\\\\draft\" all 100, true",
        "EMAILID M1, true",
        "EMAILID m1, false",
        "EMAILID T1, false",
        "EMAILID \"not an id!\", false",
        "THREADID T1, true",
        "THREADID M1, false",
    })
    void keysOnLogicAndNumbers(String key, boolean expected) throws Exception {
        assertThat(matches(key, TestMessage.EMPTY)).isEqualTo(expected);
    }

    @Test
    void aListOfNoKeysMatchesAndASetOfNoNumbersDoesNot() {
        assertThat(MessageMatch.of(new SearchKey.And(List.of())).matches(TestMessage.EMPTY, NOW))
                .isTrue();
        assertThat(MessageMatch.of(new StoreKey.Uid(NumberSet.of())).matches(TestMessage.EMPTY, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(SystemFlag.class)
    void aFlagIsSetOrNot(SystemFlag flag) throws Exception {
        MessageView with = TestMessage.EMPTY.flags(EnumSet.of(flag));
        MessageView without = TestMessage.EMPTY.flags(EnumSet.complementOf(EnumSet.of(flag)));
        assertThat(matches(flag.name(), with)).isTrue();
        assertThat(matches(flag.name(), without)).isFalse();
        assertThat(matches("UN" + flag.name(), with)).isFalse();
        assertThat(matches("UN" + flag.name(), without)).isTrue();
    }

    @Test
    void attachmentKeywordsAreWhatThePartsSayOrSomebodyHasSet() throws Exception {
        MessageText none = new MessageText(List.of(), List.of(), Optional.empty(), true);
        MessageText one = new MessageText(
                none.header(), none.body(), none.sentDate(), none.envelope(), none.completeness(), true);
        for (MessageText text : List.of(none, one)) {
            MessageView message = new TestMessage(TestMessage.EMPTY.metadata(), text);
            assertThat(matches("KEYWORD $HasAttachment", message)).isEqualTo(text.hasAttachment());
            assertThat(matches("UNKEYWORD $hasattachment", message)).isEqualTo(!text.hasAttachment());
            assertThat(matches("KEYWORD $HasNoAttachment", message)).isEqualTo(!text.hasAttachment());
        }
        MessageView set = TestMessage.EMPTY.flags(Set.of(), "$HasAttachment");
        assertThat(matches("KEYWORD $HasAttachment KEYWORD $HasNoAttachment", set))
                .as("set by a client, and none in the message")
                .isTrue();
    }

    @Test
    void keywordsIgnoreCase() throws Exception {
        MessageView message = TestMessage.EMPTY.flags(Set.of(), "$Forwarded", "work");
        assertThat(matches("KEYWORD $forwarded", message)).isTrue();
        assertThat(matches("KEYWORD WORK", message)).isTrue();
        assertThat(matches("KEYWORD wor", message)).isFalse();
        assertThat(matches("UNKEYWORD Work", message)).isFalse();
        assertThat(matches("UNKEYWORD NonJunk", message)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE, 9, false", "BEFORE, 10, false", "BEFORE, 11, true",
        "ON, 9, false", "ON, 10, true", "ON, 11, false",
        "SINCE, 9, true", "SINCE, 10, true", "SINCE, 11, false",
    })
    void datesAreComparedByTheDay(String relation, int day, boolean expected) throws Exception {
        String date = " " + day + "-May-2024";
        assertThat(matches("SENT" + relation + date, TestMessage.EMPTY.sent("2024-05-10")))
                .isEqualTo(expected);
        for (String time : new String[] {"2024-05-10T00:00:00Z", "2024-05-10T23:59:59.999Z"}) {
            MessageView internal = TestMessage.EMPTY.dates(time, Optional.of("2001-01-01T00:00:00Z"));
            MessageView saved = TestMessage.EMPTY.dates("2001-01-01T00:00:00Z", Optional.of(time));
            assertThat(matches(relation + date, internal)).as(time).isEqualTo(expected);
            assertThat(matches("SAVED" + relation + date, saved)).as(time).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SENTBEFORE 1-Jan-9999", "SENTON 10-May-2024", "SENTSINCE 1-Jan-1000"})
    void aMessageWithoutADateFieldMatchesNoSentKey(String key) throws Exception {
        assertThat(matches(key, TestMessage.EMPTY)).isFalse();
        assertThat(matches("NOT " + key, TestMessage.EMPTY)).isTrue();
    }

    @Test
    void withoutASaveDateTheInternalDateCounts() throws Exception {
        MessageView message = TestMessage.EMPTY.dates("2024-05-10T12:00:00Z", Optional.empty());
        assertThat(matches("SAVEDON 10-May-2024", message)).isTrue();
        assertThat(matches("SAVEDON 11-May-2024", message)).isFalse();
        assertThat(matches("SAVEDATESUPPORTED", message)).isFalse();
        assertThat(matches(
                        "SAVEDATESUPPORTED",
                        TestMessage.EMPTY.dates("2024-05-10T12:00:00Z", Optional.of("2024-05-11T00:00:00Z"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-10T12:00:00Z, OLDER 3600, true",
        "2024-05-10T12:00:00Z, YOUNGER 3600, true",
        "2024-05-10T12:00:00.001Z, OLDER 3600, false",
        "2024-05-10T12:00:00.001Z, YOUNGER 3600, true",
        "2024-05-10T11:59:59.999Z, OLDER 3600, true",
        "2024-05-10T11:59:59.999Z, YOUNGER 3600, false",
        "2024-05-10T14:00:00Z, OLDER 1, false",
        "2024-05-10T14:00:00Z, YOUNGER 1, true",
        "1970-01-01T00:00:00Z, OLDER 9223372036854775807, false",
        "1970-01-01T00:00:00Z, YOUNGER 9223372036854775807, true",
    })
    void anIntervalIncludesItsEnd(String internalDate, String key, boolean expected) throws Exception {
        assertThat(matches(key, TestMessage.EMPTY.dates(internalDate, Optional.empty())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:3", "*", "$", "UID $", "UID 3:*", "RECENT", "NEW", "OLD", "NOT (SEEN OR 1 ALL)"})
    void keysThatSpeakOfASessionAreRefused(String key) throws Exception {
        SearchKey parsed = SearchKeyParser.parse(key);
        assertThatThrownBy(() -> MessageMatch.of(parsed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session");
    }

    @Test
    void theTextIsNotReadWhereTheMetadataDecide() throws Exception {
        MessageView unreadable = new MessageView() {
            @Override
            public MessageMetadata metadata() {
                return TestMessage.EMPTY.metadata();
            }

            @Override
            public MessageText text() {
                throw new IllegalStateException("read");
            }
        };
        assertThat(matches("BODY a SEEN", unreadable)).isFalse();
        assertThat(matches("OR BODY a UNSEEN", unreadable)).isTrue();
        assertThat(matches("(TEXT a FROM b) UID 8", unreadable)).isFalse();
        assertThat(matches("TEXT \"\"", unreadable)).isTrue();
        assertThatThrownBy(() -> matches("BODY a UNSEEN", unreadable)).hasMessage("read");
    }

    @Test
    void aMessageThatManyKeysLookAtIsReadOnce() throws Exception {
        int[] reads = {0};
        TestMessage message = TestMessage.withHeader("Subject", "Invoice");
        NormalisedText text = new NormalisedText(new MessageView() {
            @Override
            public MessageMetadata metadata() {
                return message.metadata();
            }

            @Override
            public MessageText text() {
                reads[0]++;
                return message.text();
            }
        });
        for (String key :
                new String[] {"SUBJECT voi", "TEXT ice", "NOT BODY voi", "HEADER subject inv", "NOT SENTON 1-May-2024"
                }) {
            assertThat(MessageMatch.of(SearchKeyParser.parse(key)).matches(text, NOW))
                    .as(key)
                    .isTrue();
        }
        assertThat(reads[0]).isEqualTo(1);
    }

    @Test
    void aLongChainOfOrsIsNoBurden() throws Exception {
        MessageMatch match = MessageMatch.of(SearchKeyParser.parse("OR SUBJECT a ".repeat(1_900) + "SUBJECT b"));
        assertThat(match.matches(TestMessage.withHeader("Subject", "B"), NOW)).isTrue();
        assertThat(match.matches(TestMessage.withHeader("Subject", "C"), NOW)).isFalse();
    }
}
