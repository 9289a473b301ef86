/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Something that a server is asked again and again. For one thread. */
final class Repeated {
    /** Of what takes longer than this, one answer has to do. */
    private static final Duration LONG = Duration.ofSeconds(2);

    private final Conversation server;
    private final Conversation.Attempt attempt;
    private final List<Double> taken = new ArrayList<>();
    private Answer answer = new Answer.NotAsked();

    Repeated(Conversation server, Conversation.Attempt attempt) {
        this.server = server;
        this.attempt = attempt;
    }

    /** Asks for the first time, if there is time. */
    Answer first() {
        if (!server.outOfTime()) {
            answer = server.answer(attempt);
        }
        return answer;
    }

    /** Whether there is a first answer that did not take long. */
    boolean isQuick() {
        return answer instanceof Answer.Given given && given.first() <= LONG.toMillis();
    }

    /** Asks once more; how long it takes does not count. */
    void again() {
        ask(new ArrayList<>());
    }

    /** Asks once more; how long it takes counts. */
    void timed() {
        ask(taken);
    }

    /** A failure is the last answer. */
    private void ask(List<Double> times) {
        if (answer instanceof Answer.Given before) {
            answer = server.answer(attempt);
            if (answer instanceof Answer.Given now) {
                times.add(now.millis());
                answer = before.worse(now);
            }
        }
    }

    /** The median of the times that count, with the errors of all answers; the first answer where no other counts. */
    Answer answer() {
        return answer instanceof Answer.Given given && !taken.isEmpty()
                ? given.taking(Measuring.median(taken))
                : answer;
    }
}
