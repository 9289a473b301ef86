/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * One server being asked, over one warm connection.
 *
 * <p>All questions are asked once; then those that did not take long in rounds, to warm up and to measure: what happens to
 * the machine meanwhile happens to all of them.
 */
final class Measuring implements AutoCloseable {
    private static final int WARM_UPS = 150;
    private static final Duration WARM_UP_TIME = Duration.ofMinutes(1);
    private static final int REPETITIONS = 41;
    /** How many messages are stored to warm up. */
    private static final int STORED = 40;

    private static final int FEW = 5;
    /** With this much time gone, few repetitions have to do. */
    private static final Duration ENOUGH = Duration.ofMinutes(1);
    /** Of a question that takes longer than this, one answer has to do. */
    private static final Duration LONG = Duration.ofSeconds(2);
    /** Scanning is slow. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Candidate candidate;
    private final JamesProcess james;
    private final Duration budget;
    private final long start = System.nanoTime();
    private ImapConnection imap;

    /** @param budget when it is used up, James's own searches are asked no further question */
    Measuring(Candidate candidate, JamesProcess james, Duration budget) throws IOException {
        this.candidate = candidate;
        this.james = james;
        this.budget = budget;
        this.imap = connection(james);
    }

    /** A patient connection with the mailbox selected that the mail was loaded into. */
    static ImapConnection connection(JamesProcess james) throws IOException {
        return james.imap(Trial.ALICE).waiting(PATIENCE).select("mail");
    }

    /** What became of each question. */
    List<Answer> answers(List<Expected> questions) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (Expected expected : questions) {
            answers.add(answer(expected.question().kind(), expected.question().text(), () -> once(expected)));
        }
        List<Repeated> quick = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Answer.Given first && first.millis() <= LONG.toMillis()) {
                quick.add(new Repeated(i, questions.get(i), first));
            }
        }
        rounds(quick, WARM_UPS, 0, WARM_UP_TIME);
        quick.forEach(Repeated::forgetTimes);
        rounds(quick, REPETITIONS, FEW, ENOUGH);
        for (Repeated question : quick) {
            if (!question.taken.isEmpty() || question.failure.isPresent()) {
                answers.set(
                        question.place,
                        answer(
                                question.expected.question().kind(),
                                question.expected.question().text(),
                                question::answer));
            }
        }
        return List.copyOf(answers);
    }

    /** Asks all in turns: {@code most} times, or as often as {@code time} allows, but {@code least} times anyway. */
    private void rounds(List<Repeated> questions, int most, int least, Duration time) throws IOException {
        long begin = System.nanoTime();
        for (int round = 0;
                round < most && (round < least || Progress.seconds(begin) < time.toSeconds()) && !outOfTime();
                round++) {
            for (Repeated question : questions) {
                question.ask();
            }
        }
    }

    /** A question that is asked again and again. */
    private final class Repeated {
        private final int place;
        private final Expected expected;
        private final Answer.Given first;
        private final List<Double> taken = new ArrayList<>();
        private ImapReply reply;
        private Optional<IOException> failure = Optional.empty();

        Repeated(int place, Expected expected, Answer.Given first) {
            this.place = place;
            this.expected = expected;
            this.first = first;
        }

        /** Not again after a failure of the connection. */
        void ask() throws IOException {
            if (failure.isEmpty()) {
                long asked = System.nanoTime();
                try {
                    reply = imap.command(expected.question().text());
                } catch (IOException e) {
                    failure = Optional.of(e);
                    imap.close();
                    imap = connection(james);
                }
                taken.add(millis(asked));
            }
        }

        void forgetTimes() {
            taken.clear();
        }

        Answer answer() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return expected.compare(reply.orFail(), median(taken), first.millis())
                    .worse(first);
        }
    }

    /** Time from the command that stores a message to the answer of a search that finds it. */
    Answer appendAndSearch() throws IOException {
        return answer(Question.Kind.SEARCH, "APPEND, then UID SEARCH for it", this::stored);
    }

    private interface Attempt {
        Answer make() throws IOException;
    }

    private Answer answer(Question.Kind kind, String text, Attempt attempt) throws IOException {
        Answer answer;
        if (!candidate.knows(kind)) {
            answer = new Answer.Unknown();
        } else if (outOfTime()) {
            answer = new Answer.NotAsked();
        } else {
            try {
                answer = attempt.make();
            } catch (IOException | AssertionError e) {
                answer = new Answer.Failed(
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                imap.close();
                imap = connection(james);
            }
        }
        Progress.say("%s: %s: %s", candidate.title(), text, answer);
        return answer;
    }

    private boolean outOfTime() {
        return candidate != Candidate.MAILROOM && Progress.seconds(start) > budget.toSeconds();
    }

    private Answer once(Expected expected) throws IOException {
        long asked = System.nanoTime();
        ImapReply reply = imap.command(expected.question().text()).orFail();
        double millis = millis(asked);
        return expected.compare(reply, millis, millis);
    }

    private Answer stored() throws IOException {
        List<Double> taken = new ArrayList<>();
        double first = 0;
        int missed = 0;
        for (int i = 0; i < STORED + REPETITIONS; i++) {
            byte[] message = ("Subject: at once\r\n\r\nWhat came " + i + " atonce" + i + "x\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            long begin = System.nanoTime();
            imap.append("mail", message, "").orFail();
            List<Long> found = imap.uidSearch("BODY \"atonce" + i + "x\"");
            double millis = millis(begin);
            missed += found.size() == 1 ? 0 : 1;
            first = i == 0 ? millis : first;
            boolean slow = millis > LONG.toMillis();
            if (i >= STORED || slow) {
                taken.add(millis);
            }
            if (slow) {
                break;
            }
        }
        return new Answer.Given(median(taken), first, missed, 0, true);
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double millis(long since) {
        return Progress.seconds(since) * 1000;
    }

    @Override
    public void close() throws IOException {
        imap.close();
    }
}
