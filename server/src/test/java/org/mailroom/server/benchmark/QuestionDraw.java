/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives each question of the table hits in the mail at hand. A question that has some stays as it is; in any other the strings
 * become others of their shape from the mail, in about as many messages as the table means. The same mail and seed give the
 * same questions. For one thread.
 */
final class QuestionDraw {
    /** How many strings are drawn of which the ones are taken that are about as frequent as wanted. */
    private static final int STRINGS = 400;
    /** How many of these are tried in one question. */
    private static final int TRIES = 40;

    private static final Pattern STRING = Pattern.compile("(BODY|TEXT|SUBJECT|FROM) \"([^\"]*)\"");

    private final BenchmarkMail mail;
    private final MailSample sample;
    private final Random random;
    private final Set<String> used = new HashSet<>();

    /** A string and how many messages of the sample have it. */
    private record Counted(String string, long messages) {}

    private QuestionDraw(BenchmarkMail mail, MailSample sample, long seed) {
        this.mail = mail;
        this.sample = sample;
        this.random = new Random(seed);
    }

    /**
     * The table, each question with hits.
     *
     * @throws AssertionError where the mail has no string for a question
     */
    static List<Question> of(BenchmarkMail mail, MailSample sample, List<Question> table, long seed)
            throws IOException {
        Set<Question> good = mail.withHits(table);
        QuestionDraw draw = new QuestionDraw(mail, sample, seed);
        good.forEach(question -> strings(question).forEach(string -> draw.used.add(string.group(2))));
        List<Question> questions = new ArrayList<>();
        for (Question question : table) {
            questions.add(good.contains(question) ? question : draw.other(question));
        }
        return questions;
    }

    private static List<MatchResult> strings(Question question) {
        return STRING.matcher(question.keys()).results().toList();
    }

    private Question other(Question question) throws IOException {
        List<MatchResult> strings = strings(question);
        List<List<Counted>> others = new ArrayList<>();
        for (MatchResult string : strings) {
            others.add(drawn(string.group(1), question));
        }
        for (int i = 0; i < TRIES; i++) {
            List<String> chosen = new ArrayList<>();
            for (int k = 0; k < others.size(); k++) {
                // the strings of one question are not the same
                int at = i * others.size() + k;
                if (at < others.get(k).size()) {
                    chosen.add(others.get(k).get(at).string());
                }
            }
            if (chosen.size() == strings.size() && !chosen.isEmpty()) {
                Question other = question.with(exchanged(question.keys(), chosen.iterator()));
                if (mail.withHits(List.of(other)).contains(other)) {
                    used.addAll(chosen);
                    Progress.say("%s has no hits in this mail; %s takes its place", question.text(), other.text());
                    return other;
                }
            }
        }
        throw new AssertionError("This mail has no messages for a question like " + question.text());
    }

    private static String exchanged(String keys, Iterator<String> others) {
        return STRING.matcher(keys)
                .replaceAll(key -> Matcher.quoteReplacement(key.group(1) + " \"" + others.next() + "\""));
    }

    /** Those first that are about as frequent as the table means. */
    private List<Counted> drawn(String place, Question question) {
        Set<String> strings = new HashSet<>();
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < STRINGS; i++) {
            sample.draw(place, question.shape(), random)
                    .filter(string -> !used.contains(string))
                    .filter(strings::add)
                    .ifPresent(string -> counted.add(new Counted(string, sample.count(place, string))));
        }
        double wanted = question.share() * sample.size();
        counted.sort(Comparator.comparingDouble(
                (Counted one) -> Math.abs(Math.log((one.messages() + 0.5) / (wanted + 0.5)))));
        return counted;
    }
}
