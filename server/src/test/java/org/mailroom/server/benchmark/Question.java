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
 * @param share what share of the messages of the corpus has each of the strings
 * @param bar how many milliseconds Mailroom's answer may take, the median, with 100,000 messages
 */
record Question(String title, Kind kind, String command, String keys, Pattern shape, double share, double bar) {
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

    /**
     * The strings stand in the mailing lists of the corpus as often as their titles say. In other mail {@link QuestionDraw} has
     * others take the place of those that do not stand there.
     */
    static final List<Question> ALL = List.of(
            search("rare word", "BODY \"mlockall\"", 0.0009, 2.5),
            search("frequent word", "BODY \"list\"", 0.41, 12),
            search("the", "BODY \"the\"", 0.92, 30),
            search("two words anywhere", "TEXT \"kernel\" TEXT \"license\"", 0.14, 6),
            search("word in the subject", "SUBJECT \"spam\"", 0.032, 4),
            search("part of an address", "FROM \"kerrisk\"", 0.056, 4),
            search("prefix", "BODY \"invo\"", START + "[a-z]{4}", 0.047, 6),
            search("infix", "BODY \"voic\"", "(?<=[a-z])[a-z]{4}(?=[a-z])", 0.016, 5),
            search("frequent infix", "BODY \"lesyst\"", "(?<=[a-z])[a-z]{6}(?=[a-z])", 0.039, 10),
            search("one letter", "BODY \"x\"", "[a-z]", 0.85, 40),
            search("phrase", "BODY \"mailing list\"", START + "[a-z]+ [a-z]+" + NO_WORD, 0.153, 12),
            search(
                    "phrase of common words",
                    "BODY \"is that the\"",
                    START + "[a-z]+ [a-z]+ [a-z]+" + NO_WORD,
                    0.02,
                    15),
            search("c++", "BODY \"c++\"", START + "[a-z]{1,20}[-+*/=<>.,:;!?#$%&'()@_|~]{2}", 0.01, 10),
            search("a path", "BODY \"/usr/share\"", "/[a-z]{2,20}/[a-z]{2,20}" + NO_WORD, 0.006, 10),
            search("NOT TEXT word", "NOT TEXT \"linux\"", 0.57, 12),
            search("UNSEEN SINCE FROM", "UNSEEN SINCE 1-Mar-2015 FROM \"kerrisk\"", 0.056, 4),
            search("range of dates", "SINCE 1-Feb-2015 BEFORE 1-Jun-2015", 0, 8),
            search("ALL UNSEEN", "ALL UNSEEN", 0, 5),
            sort("newest first", "(REVERSE DATE)", "ALL", 0, 60),
            sort("by subject", "(SUBJECT)", "ALL", 0, 40),
            sort("frequent word, newest first", "(REVERSE DATE)", "BODY \"list\"", 0.41, 25),
            new Question("threads", Kind.THREAD, "UID THREAD REFERENCES UTF-8", "ALL", Pattern.compile(WORD), 0, 120));

    private static Question search(String title, String keys, double share, double bar) {
        return search(title, keys, WORD, share, bar);
    }

    private static Question search(String title, String keys, String shape, double share, double bar) {
        return new Question(title, Kind.SEARCH, "UID SEARCH", keys, Pattern.compile(shape), share, bar);
    }

    private static Question sort(String title, String order, String keys, double share, double bar) {
        return new Question(title, Kind.SORT, "UID SORT " + order + " UTF-8", keys, Pattern.compile(WORD), share, bar);
    }

    /** The same question with other keys. */
    Question with(String otherKeys) {
        return new Question(title, kind, command, otherKeys, shape, share, bar);
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
