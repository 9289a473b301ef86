/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was measured of one server with one mailbox.
 *
 * @param loading from the start of the server until the mail is in and indexed
 * @param answers to each question of the table
 * @param atOnce a message found that was stored right before
 * @param memory after the questions
 * @param index octets on disk, after the server has stopped
 * @param anew making the index of mail that is there; nothing where the server does not do so by itself
 */
record Measured(Work loading, List<Answered> answers, Answer atOnce, Memory memory, long index, Optional<Anew> anew) {

    /**
     * How long it took.
     *
     * @param cpu seconds of the server's process
     */
    record Work(double seconds, double cpu) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.1f s, with %,.1f s of CPU", seconds, cpu);
        }
    }

    /**
     * The index of all the mail.
     *
     * @param cold by a server just started, whose JVM compiles meanwhile
     * @param warm by a server that has indexed {@value Loaded#WARM_UP} other messages
     */
    record Anew(Work cold, Work warm) {}

    /**
     * What the server has in memory.
     *
     * @param heap octets of living objects; 0 where that cannot be said
     * @param resident octets of the process
     */
    record Memory(long heap, long resident) {}

    /** The same with what is known when the server has stopped. */
    Measured stopped(long octets, Optional<Anew> indexedAnew) {
        return new Measured(loading, answers, atOnce, memory, octets, indexedAnew);
    }

    boolean right() {
        return !atOnce.wrong() && answers.stream().map(Answered::answer).noneMatch(Answer::wrong);
    }
}
