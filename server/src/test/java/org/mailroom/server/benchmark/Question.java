/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchSyntaxException;

/**
 * One row of the table.
 *
 * @param title what is asked, for people
 * @param kind what is answered
 * @param command what is asked, as IMAP, up to the search keys
 * @param keys the search keys
 * @param shape what other strings of the kind look like that stand in the keys, in normalised text
 * @param bar how many milliseconds Mailroom's answer may take, the median, with 100,000 messages
 */
record Question(String title, Kind kind, String command, String keys, Pattern shape, double bar) {
    private static final String NO_WORD = "(?![a-z0-9])";
    private static final String START = "(?<![a-z0-9])";
    private static final String WORD = START + "[a-z]{3,20}" + NO_WORD;
    /** What a server may remember. */
    private static final Pattern REMEMBERED = Pattern.compile("\"[^\"]*\"|UNSEEN");

    /** What is answered: a set of messages, a list, or threads of them. James has the first only. */
    enum Kind {
        SEARCH,
        SORT,
        THREAD
    }

    /** The strings stand in the mailing lists of the corpus as often as their titles say. */
    static final List<Question> ALL = List.of(
            search("rare word", "BODY \"mlockall\"", 2.5),
            search("frequent word", "BODY \"list\"", 12),
            search("the", "BODY \"the\"", 30),
            search("two words anywhere", "TEXT \"kernel\" TEXT \"license\"", 6),
            search("word in the subject", "SUBJECT \"spam\"", 4),
            search("part of an address", "FROM \"kerrisk\"", 4),
            search("prefix", "BODY \"invo\"", START + "[a-z]{4}", 6),
            search("infix", "BODY \"voic\"", "(?<=[a-z])[a-z]{4}(?=[a-z])", 5),
            search("frequent infix", "BODY \"lesyst\"", "(?<=[a-z])[a-z]{6}(?=[a-z])", 10),
            search("one letter", "BODY \"x\"", "[a-z]", 40),
            search("phrase", "BODY \"mailing list\"", START + "[a-z]+ [a-z]+" + NO_WORD, 12),
            search("phrase of common words", "BODY \"is that the\"", START + "[a-z]+ [a-z]+ [a-z]+" + NO_WORD, 15),
            search("c++", "BODY \"c++\"", START + "[a-z]{1,20}[-+*/=<>.,:;!?#$%&'()@_|~]{2}", 10),
            search("a path", "BODY \"/usr/share\"", "/[a-z]{2,20}/[a-z]{2,20}" + NO_WORD, 10),
            search("NOT TEXT word", "NOT TEXT \"linux\"", 12),
            search("UNSEEN SINCE FROM", "UNSEEN SINCE 1-Mar-2015 FROM \"kerrisk\"", 4),
            search("range of dates", "SINCE 1-Feb-2015 BEFORE 1-Jun-2015", 8),
            search("ALL UNSEEN", "ALL UNSEEN", 5),
            sort("newest first", "(REVERSE DATE)", "ALL", 60),
            sort("by subject", "(SUBJECT)", "ALL", 40),
            sort("frequent word, newest first", "(REVERSE DATE)", "BODY \"list\"", 25),
            new Question("threads", Kind.THREAD, "UID THREAD REFERENCES UTF-8", "ALL", Pattern.compile(WORD), 120));

    private static Question search(String title, String keys, double bar) {
        return search(title, keys, WORD, bar);
    }

    private static Question search(String title, String keys, String shape, double bar) {
        return new Question(title, Kind.SEARCH, "UID SEARCH", keys, Pattern.compile(shape), bar);
    }

    private static Question sort(String title, String order, String keys, double bar) {
        return new Question(title, Kind.SORT, "UID SORT " + order + " UTF-8", keys, Pattern.compile(WORD), bar);
    }

    /** As a client sends it. */
    String text() {
        return command + " " + keys;
    }

    /** Whether none of {@code others} looks for anything that this one looks for and a server may remember. */
    boolean sharesNothingWith(List<Question> others) {
        List<String> sought = remembered();
        return others.stream().flatMap(other -> other.remembered().stream()).noneMatch(sought::contains);
    }

    private List<String> remembered() {
        return REMEMBERED.matcher(keys).results().map(MatchResult::group).toList();
    }

    SearchKey key() {
        try {
            return SearchKeyParser.parse(keys);
        } catch (SearchSyntaxException e) {
            throw new IllegalStateException(keys, e);
        }
    }
}
