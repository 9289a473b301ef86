/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;

/**
 * One row of the table.
 *
 * @param title what is asked, for people
 * @param keys what is asked, as IMAP search keys
 */
record Question(String title, String keys) {

    /** The strings stand in the mailing lists of the corpus as often as their titles say. */
    static final List<Question> ALL = List.of(
            new Question("rare word", "BODY \"mlockall\""),
            new Question("frequent word", "BODY \"list\""),
            new Question("the", "BODY \"the\""),
            new Question("two words anywhere", "TEXT \"kernel\" TEXT \"license\""),
            new Question("word in the subject", "SUBJECT \"patch\""),
            new Question("part of an address", "FROM \"kerrisk\""),
            new Question("prefix", "BODY \"invo\""),
            new Question("infix", "BODY \"voic\""),
            new Question("frequent infix", "BODY \"lesyst\""),
            new Question("one letter", "BODY \"x\""),
            new Question("phrase", "BODY \"mailing list\""),
            new Question("phrase of common words", "BODY \"is that the\""),
            new Question("c++", "BODY \"c++\""),
            new Question("a path", "BODY \"/usr/share\""),
            new Question("NOT TEXT word", "NOT TEXT \"linux\""),
            new Question("UNSEEN SINCE FROM", "UNSEEN SINCE 1-Mar-2015 FROM \"kerrisk\""),
            new Question("range of dates", "SINCE 1-Feb-2015 BEFORE 1-Jun-2015"),
            new Question("ALL UNSEEN", "ALL UNSEEN"));
}
