/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * One server being asked.
 *
 * <p>First it is warmed up with questions that are not those of the table. Then all of the table's are asked for the first
 * time, and others of their kinds that were never asked either; then those that did not take long in rounds, to warm up and
 * to measure: what happens to the machine meanwhile happens to all of them.
 */
final class Measuring {
    private static final Duration UNASKED_WARM_UP = Duration.ofMinutes(1);
    private static final int WARM_UPS = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final int REPETITIONS = 41;
    /** How many messages are stored to warm up, if that takes no longer than {@link #STORED_WARM_UP}. */
    private static final int STORED = 200;

    private static final Duration STORED_WARM_UP = Duration.ofSeconds(30);

    private static final int FEW = 3;
    /** With this much time gone, few repetitions have to do. */
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final Candidate candidate;
    private final Conversation server;
    private final Questions questions;

    Measuring(Candidate candidate, Conversation server, Questions questions) {
        this.candidate = candidate;
        this.server = server;
        this.questions = questions;
    }

    /** What became of each question. */
    List<Answered> answers() {
        warmUp();
        List<Expected> table = questions.table();
        List<Repeated> asked = table.stream()
                .map(expected -> new Repeated(server, new AskedQuestion(expected)))
                .toList();
        for (int i = 0; i < table.size(); i++) {
            Question question = table.get(i).question();
            if (candidate.knows(question.kind())) {
                say("%s, for the first time: %s", question.text(), asked.get(i).first());
            }
        }
        List<List<Double>> unasked = unasked(asked);
        repeat(asked.stream().filter(Repeated::isQuick).toList(), WARM_UPS, WARM_UP);
        return IntStream.range(0, table.size())
                .mapToObj(i -> answered(table.get(i).question(), asked.get(i).answer(), unasked.get(i)))
                .toList();
    }

    private Answered answered(Question question, Answer answer, List<Double> unasked) {
        Answered answered = new Answered(candidate.knows(question.kind()) ? answer : new Answer.Unknown(), unasked);
        say("%s: %s", question.text(), answered.answer());
        return answered;
    }

    /** Time from the command that stores a message to the answer of a search that finds it. */
    Answer atOnce() {
        Repeated stored = new Repeated(server, new StoredMessage());
        stored.first();
        if (stored.isQuick()) {
            repeat(List.of(stored), STORED, STORED_WARM_UP);
        }
        say("APPEND, then UID SEARCH for it: %s", stored.answer());
        return stored.answer();
    }

    private void repeat(List<Repeated> all, int warmUps, Duration warmUp) {
        rounds(warmUps, 0, warmUp, round -> all.forEach(Repeated::again));
        rounds(REPETITIONS, FEW, ENOUGH, round -> all.forEach(Repeated::timed));
    }

    /** {@code most} rounds, or as many as {@code time} allows, but {@code least} anyway, as long as there is time at all. */
    private void rounds(int most, int least, Duration time, IntConsumer round) {
        long begin = System.nanoTime();
        long seconds = server.part(time).toSeconds();
        for (int i = 0; i < most && (i < least || Progress.seconds(begin) < seconds) && !server.outOfTime(); i++) {
            round.accept(i);
        }
    }

    /** A server that reads every message each time has nothing to remember, and no time to lose. */
    private void warmUp() {
        if (candidate.hasIndex()) {
            say("warming up with other questions");
            rounds(Integer.MAX_VALUE, 0, UNASKED_WARM_UP, round -> {
                for (int i = 0; i < questions.table().size(); i++) {
                    if (candidate.knows(questions.table().get(i).question().kind())) {
                        questions.unasked().get(i).warmUp(round).ifPresent(this::time);
                    }
                }
            });
        }
    }

    /** The times of never asked questions like those of the table that did not take long. */
    private List<List<Double>> unasked(List<Repeated> asked) {
        List<List<Double>> times = new ArrayList<>();
        asked.forEach(question -> times.add(new ArrayList<>()));
        rounds(Unasked.ALIKE, 0, ENOUGH, round -> {
            for (int i = 0; i < asked.size(); i++) {
                List<String> alike = questions.unasked().get(i).alike();
                if (asked.get(i).isQuick() && round < alike.size()) {
                    times.get(i).addAll(time(alike.get(round)));
                }
            }
        });
        return times;
    }

    /**
     * The milliseconds that a command takes, which the truth is not known of; nothing where it is not answered.
     *
     * @throws AssertionError where Mailroom does not answer
     */
    private List<Double> time(String command) {
        Answer answer = server.answer(imap -> {
            long asked = System.nanoTime();
            imap.command(command).orFail();
            double millis = Progress.millis(asked);
            return new Answer.Given(millis, millis, 0, 0, true);
        });
        if (answer instanceof Answer.Given given) {
            return List.of(given.millis());
        }
        if (candidate == Candidate.MAILROOM) {
            throw new AssertionError(command + ": " + answer);
        }
        return List.of();
    }

    private void say(String format, Object... values) {
        Progress.say("%s: %s", candidate.title(), String.format(Locale.ROOT, format, values));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
