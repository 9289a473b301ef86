/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.StoreKey.ModSeqEntry;

class SearchKeyParserTest {
    private static final SearchKey ALL = new SearchKey.All();
    private static final SearchKey SEEN = new MailKey.FlagSet(SystemFlag.SEEN);
    private static final SearchKey DRAFT = new MailKey.FlagSet(SystemFlag.DRAFT);
    private static final LocalDate FEB_1 = LocalDate.of(1994, 2, 1);

    static Stream<Arguments> accepted() {
        return Stream.of(flags(), strings(), dates(), figures(), sets(), lists())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> flags() {
        return Stream.of(
                Arguments.of("ALL", ALL),
                Arguments.of("seen", SEEN),
                Arguments.of("Unseen", new MailKey.FlagUnset(SystemFlag.SEEN)),
                Arguments.of("ANSWERED", new MailKey.FlagSet(SystemFlag.ANSWERED)),
                Arguments.of("UNANSWERED", new MailKey.FlagUnset(SystemFlag.ANSWERED)),
                Arguments.of("DELETED", new MailKey.FlagSet(SystemFlag.DELETED)),
                Arguments.of("UNDELETED", new MailKey.FlagUnset(SystemFlag.DELETED)),
                Arguments.of("DRAFT", DRAFT),
                Arguments.of("UNDRAFT", new MailKey.FlagUnset(SystemFlag.DRAFT)),
                Arguments.of("FLAGGED", new MailKey.FlagSet(SystemFlag.FLAGGED)),
                Arguments.of("UNFLAGGED", new MailKey.FlagUnset(SystemFlag.FLAGGED)),
                Arguments.of("NEW", new SessionKey.New()),
                Arguments.of("OLD", new SessionKey.Old()),
                Arguments.of("RECENT", new SessionKey.Recent()),
                Arguments.of("KEYWORD $Forwarded", new MailKey.Keyword("$Forwarded")),
                Arguments.of("UNKEYWORD NonJunk", new MailKey.Unkeyword("NonJunk")));
    }

    private static Stream<Arguments> strings() {
        return Stream.of(
                Arguments.of("BCC a", new MailKey.Address(AddressField.BCC, "a")),
                Arguments.of("BODY a", new MailKey.Body("a")),
                Arguments.of("CC a", new MailKey.Address(AddressField.CC, "a")),
                Arguments.of("FROM a@example.org", new MailKey.Address(AddressField.FROM, "a@example.org")),
                Arguments.of("TEXT \"a b\"", new MailKey.Text("a b")),
                Arguments.of("TO \"\"", new MailKey.Address(AddressField.TO, "")),
                Arguments.of("TEXT {0}\r\n", new MailKey.Text("")),
                Arguments.of("SUBJECT \"say \\\"a\\\\b\\\"\"", new MailKey.Subject("say \"a\\b\"")),
                Arguments.of("SUBJECT {5}\r\n(a) \"", new MailKey.Subject("(a) \"")),
                Arguments.of("SUBJECT {2+}\r\né", new MailKey.Subject("é")),
                Arguments.of("SUBJECT {2+}\né", new MailKey.Subject("é")),
                Arguments.of("(SUBJECT {1}\r\na)", new MailKey.Subject("a")),
                Arguments.of("SUBJECT Büro", new MailKey.Subject("Büro")),
                Arguments.of("SUBJECT a(b\"c{d", new MailKey.Subject("a(b\"c{d")),
                Arguments.of("SUBJECT [list]", new MailKey.Subject("[list]")),
                Arguments.of("SUBJECT 100%", new MailKey.Subject("100%")),
                Arguments.of("SUBJECT \\*", new MailKey.Subject("\\*")),
                Arguments.of("HEADER Message-ID <a@b>", new MailKey.Header("Message-ID", "<a@b>")),
                Arguments.of("HEADER \"X-Spam\" \"\"", new MailKey.Header("X-Spam", "")),
                Arguments.of("HEADER {4}\r\nDate {1+}\r\nx", new MailKey.Header("Date", "x")));
    }

    private static Stream<Arguments> dates() {
        return Stream.of(
                Arguments.of("BEFORE 1-Feb-1994", new MailKey.InternalDate(DateRelation.BEFORE, FEB_1)),
                Arguments.of("ON \"01-feb-1994\"", new MailKey.InternalDate(DateRelation.ON, FEB_1)),
                Arguments.of("SINCE 1-FEB-1994", new MailKey.InternalDate(DateRelation.SINCE, FEB_1)),
                Arguments.of("ON \" 1-Feb-1994\"", new MailKey.InternalDate(DateRelation.ON, FEB_1)),
                Arguments.of("SENTBEFORE 1-Feb-1994", new MailKey.SentDate(DateRelation.BEFORE, FEB_1)),
                Arguments.of("SENTON 1-Feb-1994", new MailKey.SentDate(DateRelation.ON, FEB_1)),
                Arguments.of("SENTSINCE 1-Feb-1994", new MailKey.SentDate(DateRelation.SINCE, FEB_1)),
                Arguments.of("SAVEDBEFORE 1-Feb-1994", new MailKey.SaveDate(DateRelation.BEFORE, FEB_1)),
                Arguments.of("SAVEDON 1-Feb-1994", new MailKey.SaveDate(DateRelation.ON, FEB_1)),
                Arguments.of("SAVEDSINCE 1-Feb-1994", new MailKey.SaveDate(DateRelation.SINCE, FEB_1)),
                Arguments.of("SAVEDATESUPPORTED", new MailKey.SaveDateSupported()),
                Arguments.of("OLDER 3600", new MailKey.Older(3600)),
                Arguments.of("YOUNGER 1", new MailKey.Younger(1)));
    }

    private static Stream<Arguments> figures() {
        return Stream.of(
                Arguments.of("LARGER 0", new MailKey.Larger(0)),
                Arguments.of("SMALLER 9223372036854775807", new MailKey.Smaller(Long.MAX_VALUE)),
                Arguments.of("(SMALLER 4000)", new MailKey.Smaller(4000)),
                Arguments.of("SMALLER \"4000\"", new MailKey.Smaller(4000)),
                Arguments.of("MODSEQ 620162338", new StoreKey.ModSeq(620162338, Optional.empty())),
                Arguments.of(
                        "MODSEQ \"/flags/\\\\draft\" All 1",
                        new StoreKey.ModSeq(1, Optional.of(new ModSeqEntry("/flags/\\draft", ModSeqEntry.Type.ALL)))),
                Arguments.of(
                        "MODSEQ \"/flags/$x\" shared 0",
                        new StoreKey.ModSeq(0, Optional.of(new ModSeqEntry("/flags/$x", ModSeqEntry.Type.SHARED)))),
                Arguments.of("EMAILID M6d99ac3275bb4e", new StoreKey.EmailId("M6d99ac3275bb4e")),
                Arguments.of("EMAILID \"no object id!\"", new StoreKey.EmailId("no object id!")),
                Arguments.of("THREADID T64b478a75b7ea9", new StoreKey.ThreadId("T64b478a75b7ea9")));
    }

    private static Stream<Arguments> sets() {
        SearchKey oneToThree = new SessionKey.SequenceSet(set(1, 3));
        return Stream.of(
                Arguments.of("1:3", oneToThree),
                Arguments.of("*", new SessionKey.SequenceSet(NumberSet.of(NumberSet.LARGEST))),
                Arguments.of("5:*", new SessionKey.SequenceSet(set(5, NumberSet.LARGEST))),
                Arguments.of(
                        "2,4:7,9",
                        new SessionKey.SequenceSet(new NumberSet(List.of(
                                new NumberSet.Range(2, 2), new NumberSet.Range(4, 7), new NumberSet.Range(9, 9))))),
                Arguments.of("NOT 1:3", new SearchKey.Not(oneToThree)),
                Arguments.of("OR 1 3", new SearchKey.Or(sequence(1), sequence(3))),
                Arguments.of("(1:3)", oneToThree),
                Arguments.of("UID 1:*", new StoreKey.Uid(set(1, NumberSet.LARGEST))),
                Arguments.of("UID *:4294967295", new StoreKey.Uid(set(NumberSet.LARGEST, 4294967295L))),
                Arguments.of("$", new SessionKey.SavedResult()),
                Arguments.of("UID $", new SessionKey.UidSavedResult()),
                Arguments.of(
                        "NOT $ (UID $)",
                        new SearchKey.And(List.of(
                                new SearchKey.Not(new SessionKey.SavedResult()), new SessionKey.UidSavedResult()))));
    }

    private static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("SEEN DRAFT", new SearchKey.And(List.of(SEEN, DRAFT))),
                Arguments.of("  SEEN   DRAFT  ", new SearchKey.And(List.of(SEEN, DRAFT))),
                Arguments.of("(SEEN)(DRAFT)", new SearchKey.And(List.of(SEEN, DRAFT))),
                Arguments.of("((SEEN))", SEEN),
                Arguments.of("( SEEN DRAFT )", new SearchKey.And(List.of(SEEN, DRAFT))),
                Arguments.of("NOT SEEN", new SearchKey.Not(SEEN)),
                Arguments.of("NOT(SEEN)", new SearchKey.Not(SEEN)),
                Arguments.of("NOT NOT SEEN", new SearchKey.Not(new SearchKey.Not(SEEN))),
                Arguments.of("FUZZY SUBJECT a", new SearchKey.Fuzzy(new MailKey.Subject("a"))),
                Arguments.of("OR SEEN DRAFT", new SearchKey.Or(SEEN, DRAFT)),
                Arguments.of("or seen or draft all", new SearchKey.Or(SEEN, new SearchKey.Or(DRAFT, ALL))),
                Arguments.of("OR OR SEEN DRAFT ALL", new SearchKey.Or(new SearchKey.Or(SEEN, DRAFT), ALL)),
                Arguments.of(
                        "OR (SEEN DRAFT) NOT ALL",
                        new SearchKey.Or(new SearchKey.And(List.of(SEEN, DRAFT)), new SearchKey.Not(ALL))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void keysAreRead(String text, SearchKey key) throws Exception {
        assertThat(SearchKeyParser.parse(text)).isEqualTo(key);
        assertThat(program(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new SearchProgram(Optional.empty(), key));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`` | no search key | 0",
                "`   ` | no search key | 3",
                "FOO | unknown search key 'FOO' | 0",
                "SEEN FO\u00d6 | unknown search key 'FO?? | 5",
                "( | an opening bracket that none closes | 0",
                "SEEN (DRAFT | an opening bracket that none closes | 5",
                "SEEN) | a closing bracket that none opened | 4",
                "() | brackets without a search key | 1",
                "NOT | NOT lacks its search key | 3",
                "(NOT) | NOT lacks its search key | 4",
                "FUZZY | FUZZY lacks its search key | 5",
                "OR | OR lacks its search key | 2",
                "OR SEEN | OR lacks its second search key | 7",
                "(OR SEEN) DRAFT | OR lacks its second search key | 8",
                "SUBJECT | SUBJECT lacks an argument | 7",
                "(SUBJECT) | SUBJECT lacks an argument | 8",
                "HEADER Date | HEADER lacks an argument | 11",
                "SUBJECT (a b) | SUBJECT takes a string, not a list | 8",
                "SUBJECT \"a | a quoted string lacks its closing quote | 8",
                "SUBJECT \"a\\ | a quoted string lacks its closing quote | 8",
                "\"a\" | a string where a search key is expected | 0",
                "SUBJECT {x} | a literal begins with its length, as {7} or {7+} | 8",
                "SUBJECT {1 | a literal begins with its length, as {7} or {7+} | 8",
                "SUBJECT {} | a literal begins with its length, as {7} or {7+} | 8",
                "SUBJECT {1}a | a line end must follow the length of a literal | 11",
                "LARGER x | LARGER takes a number, not 'x' | 7",
                "LARGER -1 | LARGER takes a number, not '-1' | 7",
                "LARGER 9223372036854775808 | LARGER takes no number as large as '9223372036854775808' | 7",
                "OLDER 0 | OLDER takes a number of seconds that is at least 1 | 6",
                "MODSEQ \"/flags/x\" both 1 | MODSEQ takes an entry's type all, priv or shared, not 'both' | 18",
                "MODSEQ \"/flags/x\" all | MODSEQ lacks an argument | 21",
                "SINCE 30-Feb-2020 | SINCE takes a date as 1-Feb-1994, not '30-Feb-2020' | 6",
                "SINCE 0-Feb-2020 | SINCE takes a date as 1-Feb-1994, not '0-Feb-2020' | 6",
                "SINCE 1-Foo-2020 | SINCE takes a date as 1-Feb-1994, not '1-Foo-2020' | 6",
                "SINCE 2020-01-01 | SINCE takes a date as 1-Feb-1994, not '2020-01-01' | 6",
                "KEYWORD \\Seen | KEYWORD takes a keyword, not the system flag '\\Seen' | 8",
                "0 | a sequence set takes numbers that are at least 1 | 0",
                "1:3, | a sequence set takes a number, not '' | 0",
                "1:2:3 | a sequence set takes a number, not '2:3' | 0",
                "1a | a sequence set takes a number, not '1a' | 0",
                "UID x | UID takes a number, not 'x' | 4",
                "UID 9223372036854775807 | UID takes no number as large as '9223372036854775807' | 4",
                "UID $,1 | $ stands alone, not as '$,1' | 4",
                "SEEN CHARSET UTF-8 | CHARSET stands once, before all search keys | 5",
            })
    void whatIsNoKeyIsRefusedWithAReasonAndAPlace(String text, String reason, int position) {
        assertRefused(() -> program(text.getBytes(StandardCharsets.UTF_8)), reason, position);
        assertRefused(() -> SearchKeyParser.parse(text), reason, position);
    }

    private static void assertRefused(ThrowingCallable parsing, String reason, int position) {
        assertThatThrownBy(parsing::call)
                .isInstanceOf(SearchSyntaxException.class)
                .hasMessageStartingWith(reason)
                .hasMessageEndingWith("(at octet " + position + " of the search keys)")
                .message()
                .matches("[ -~]+");
    }

    private interface ThrowingCallable {
        Object call() throws Exception;
    }

    @Test
    void aCommandEndsWhereItsLineDoesAndAConditionGoesOn() throws Exception {
        InlineInput input = new InlineInput("SEEN\r\nDRAFT");
        assertThat(new SearchKeyParser(SearchLimits.DEFAULT).parse(input).key()).isEqualTo(SEEN);
        assertThat(input.peek()).isEqualTo('\r');
        assertThat(SearchKeyParser.parse("\n  SEEN\r\n  DRAFT\n")).isEqualTo(new SearchKey.And(List.of(SEEN, DRAFT)));
        assertThat(SearchKeyParser.parse("SUBJECT \"a\nb\"")).isEqualTo(new MailKey.Subject("a\nb"));
        assertRefused(
                () -> program("SUBJECT \"a\r\nb\"".getBytes(StandardCharsets.UTF_8)),
                "a quoted string lacks its closing quote",
                8);
    }

    @Test
    void charsetsThatAreNotTheJdksShouldNotFail() throws Exception {
        assertThat(program(octets("CHARSET UTF-7 SUBJECT \"caf+AO\"")).key())
                .isEqualTo(new MailKey.Subject("caf\uFFFD"));
        assertThatCode(() -> program(octets("CHARSET UTF-7 SUBJECT \"+\u00e9\u00e9\"")))
                .doesNotThrowAnyException();
    }

    @Test
    void stringsAreReadInTheCharsetOfTheCommand() throws Exception {
        assertThat(program(octets("charset ISO-8859-5 SUBJECT \u00bc\u00d8\u00e0")))
                .isEqualTo(new SearchProgram(Optional.of(Charset.forName("ISO-8859-5")), new MailKey.Subject("Мир")));
        assertThat(program(octets("CHARSET macintosh SUBJECT \u008e")).key()).isEqualTo(new MailKey.Subject("\u00e9"));
        assertThat(program(octets("CHARSET iso-8859-10 SUBJECT \u00e0")).key())
                .isEqualTo(new MailKey.Subject("\u0101"));
        assertThat(program(octets("CHARSET US-ASCII SUBJECT \u00c3\u00a9")).key())
                .isEqualTo(new MailKey.Subject("\u00e9"));
        assertThat(program(octets("CHARSET \"utf-8\" SUBJECT {2}\r\n\u00c3\u00a9 SEEN")))
                .isEqualTo(new SearchProgram(
                        Optional.of(StandardCharsets.UTF_8),
                        new SearchKey.And(List.of(new MailKey.Subject("é"), SEEN))));
        assertThat(program(octets("CHARSET UTF-16BE SUBJECT {2}\r\n\u0004\u0016 FROM me KEYWORD work"))
                        .key())
                .isEqualTo(new SearchKey.And(List.of(
                        new MailKey.Subject("Ж"),
                        new MailKey.Address(AddressField.FROM, "me"),
                        new MailKey.Keyword("work"))));
    }

    @Test
    void octetsThatAreMalformedInTheCharsetAreReplaced() throws Exception {
        assertThat(program(octets("CHARSET UTF-8 SUBJECT a\u00ffb")).key()).isEqualTo(new MailKey.Subject("a\ufffdb"));
    }

    @Test
    void withoutCharsetStringsAreUtf8OrElseWindows1252() throws Exception {
        assertThat(program(octets("SUBJECT B\u00c3\u00bcro")).key()).isEqualTo(new MailKey.Subject("Büro"));
        assertThat(program(octets("SUBJECT \"B\u00fcro \u0080\"")).key()).isEqualTo(new MailKey.Subject("Büro €"));
    }

    @Test
    void anUnknownCharsetIsReportedOnceTheKeysAreRead() throws Exception {
        InlineInput input = new InlineInput("CHARSET x-unheard SUBJECT {3+}\r\nabc SEEN\r\n");
        assertThatThrownBy(() -> new SearchKeyParser(SearchLimits.DEFAULT).parse(input))
                .isInstanceOf(BadCharsetException.class)
                .hasMessageStartingWith("unknown charset 'x-unheard'");
        assertThat(input.peek()).isEqualTo('\r');
        assertThat(BadCharsetException.supported()).startsWith("UTF-8").contains("US-ASCII", "windows-1252");
        assertThatThrownBy(() -> program(octets("CHARSET \"no name\" ALL"))).isInstanceOf(BadCharsetException.class);
    }

    @Test
    void charsetStandsOnceAndInCommandsOnly() {
        assertRefused(() -> program(octets("CHARSET UTF-8 CHARSET UTF-8 ALL")), "a second CHARSET", 14);
        assertRefused(() -> program(octets("CHARSET UTF-8")), "no search key", 13);
        assertRefused(() -> SearchKeyParser.parse("CHARSET UTF-8 ALL"), "CHARSET belongs to commands", 0);
    }

    @Test
    void aTextThatEndsWithinALiteralIsRefused() {
        assertRefused(
                () -> SearchKeyParser.parse("SUBJECT {9}\r\nabc"), "the text ends within a literal of 9 octets", 22);
    }

    private static SearchProgram program(byte[] octets) throws Exception {
        return new SearchKeyParser(SearchLimits.DEFAULT).parse(new InlineInput(octets));
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static NumberSet set(long first, long last) {
        return new NumberSet(List.of(new NumberSet.Range(first, last)));
    }

    private static SearchKey sequence(long number) {
        return new SessionKey.SequenceSet(NumberSet.of(number));
    }
}
