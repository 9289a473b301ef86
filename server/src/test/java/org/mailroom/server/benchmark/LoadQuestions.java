/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Draws questions from the mail at hand, so that all of them have hits: words by how many messages have them, phrases,
 * pieces of words, addresses, header fields, flags, dates, in the order of SORT and without. The same mail and seed give
 * the same questions. For one thread.
 */
final class LoadQuestions {
    /** After so many draws the mail is taken to have no more strings of a kind. */
    private static final int DRAWS_OF_ONE = 400;

    private static final String WORD = "(?<![a-z0-9])[a-z]{3,20}(?![a-z0-9])";
    private static final String PHRASE = "(?<![a-z0-9])[a-z]{2,12} [a-z]{2,12}(?![a-z0-9])";
    private static final String INFIX = "(?<=[a-z])[a-z]{4,6}(?=[a-z])";
    private static final String ADDRESS = "[a-z0-9.]{3,20}@[a-z0-9.]{3,20}";

    /**
     * A kind of question.
     *
     * @param keys with {@code %s} for a string
     * @param place where the string is drawn
     * @param least in what share of the messages it stands at least
     * @param most in what share at most
     */
    private record Kind(
            String title, String command, String keys, String place, Pattern shape, double least, double most) {
        Kind(String title, String command, String keys, String place, String shape, double least, double most) {
            this(title, command, keys, place, Pattern.compile(shape), least, most);
        }
    }

    private static final String SEARCH = "UID SEARCH";
    private static final String NEWEST = "UID SORT (REVERSE DATE) UTF-8";
    private static final List<Kind> KINDS = List.of(
            new Kind("rare word", SEARCH, "BODY \"%s\"", "BODY", WORD, 0, 0.005),
            new Kind("medium word", SEARCH, "BODY \"%s\"", "BODY", WORD, 0.005, 0.05),
            new Kind("frequent word", SEARCH, "BODY \"%s\"", "BODY", WORD, 0.05, 1),
            new Kind("phrase", SEARCH, "BODY \"%s\"", "BODY", PHRASE, 0, 1),
            new Kind("infix", SEARCH, "BODY \"%s\"", "BODY", INFIX, 0, 1),
            new Kind("anywhere", SEARCH, "TEXT \"%s\"", "TEXT", WORD, 0, 1),
            new Kind("subject", SEARCH, "SUBJECT \"%s\"", "SUBJECT", WORD, 0, 1),
            new Kind("address", SEARCH, "FROM \"%s\"", "FROM", ADDRESS, 0, 1),
            new Kind("header", SEARCH, "HEADER Message-ID \"%s\"", "MESSAGE-ID", "[a-z0-9.]{5,40}", 0, 1),
            new Kind("unseen and word", SEARCH, "UNSEEN BODY \"%s\"", "BODY", WORD, 0.005, 1),
            new Kind(
                    "dates and word", SEARCH, "SINCE 1-Feb-2015 BEFORE 1-Jun-2015 TEXT \"%s\"", "TEXT", WORD, 0.005, 1),
            new Kind("newest first", NEWEST, "BODY \"%s\"", "BODY", WORD, 0.005, 1),
            new Kind("by subject", "UID SORT (SUBJECT) UTF-8", "TEXT \"%s\"", "TEXT", WORD, 0.005, 1));

    private final MailSample sample;
    private final Random random;
    private final Set<String> used = new HashSet<>();

    LoadQuestions(MailSample sample, long seed) {
        this.sample = sample;
        this.random = new Random(seed);
    }

    /**
     * So many of each kind, or as many as the mail has, none of which was drawn before.
     *
     * @param asFrequent whether the strings are as frequent as their kind says; to count takes a while
     */
    List<Question> draw(int ofEach, boolean asFrequent) {
        List<Question> questions = new ArrayList<>();
        List<Kind> left = new ArrayList<>(KINDS);
        for (int i = 0; i < ofEach; i++) {
            for (Kind kind : List.copyOf(left)) {
                draw(kind, asFrequent).ifPresentOrElse(questions::add, () -> left.remove(kind));
            }
        }
        return questions;
    }

    private Optional<Question> draw(Kind kind, boolean asFrequent) {
        for (int i = 0; i < DRAWS_OF_ONE; i++) {
            Optional<String> drawn = sample.draw(kind.place(), kind.shape(), random)
                    .filter(string -> !used.contains(string))
                    .filter(string -> !asFrequent || isAsFrequent(kind, string));
            if (drawn.isPresent()) {
                used.add(drawn.get());
                return Optional.of(new Question(
                        kind.title(),
                        kind.command().startsWith("UID SORT") ? Question.Kind.SORT : Question.Kind.SEARCH,
                        kind.command(),
                        String.format(kind.keys(), drawn.get()),
                        kind.shape(),
                        0,
                        0));
            }
        }
        return Optional.empty();
    }

    private boolean isAsFrequent(Kind kind, String string) {
        if (kind.least() == 0 && kind.most() == 1) {
            return true;
        }
        double share = (double) sample.count(kind.place(), string) / sample.size();
        return share >= kind.least() && share <= kind.most();
    }
}
