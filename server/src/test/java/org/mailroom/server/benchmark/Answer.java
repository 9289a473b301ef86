/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Locale;

/** What became of a question that was meant for a server. */
sealed interface Answer {

    /**
     * It was answered.
     *
     * @param millis the median; where an answer took long, the first
     * @param first how long the first answer took
     * @param missed how many messages the answer lacks
     * @param extra how many it has too many
     * @param inOrder whether they are in the right order and threads, where these were asked for
     */
    record Given(double millis, double first, int missed, int extra, boolean inOrder) implements Answer {
        @Override
        public boolean wrong() {
            return missed > 0 || extra > 0 || !inOrder;
        }

        /** This with its time, where it took that long. */
        Given first(double time) {
            return new Given(time, time, missed, extra, inOrder);
        }

        /** This with another median. */
        Given taking(double median) {
            return new Given(median, first, missed, extra, inOrder);
        }

        /** This with the errors of both. */
        Given worse(Given other) {
            return new Given(
                    millis,
                    first,
                    Math.max(missed, other.missed),
                    Math.max(extra, other.extra),
                    inOrder && other.inOrder);
        }

        @Override
        public String toString() {
            String time = String.format(Locale.ROOT, millis < 1000 ? "%,.1f ms" : "%,.0f ms", millis);
            if (missed > 0 || extra > 0) {
                return String.format(Locale.ROOT, "%s (%,d missed, %,d extra)", time, missed, extra);
            }
            return inOrder ? time : time + " (wrong order)";
        }
    }

    /** The server has no such command. */
    record Unknown() implements Answer {
        @Override
        public String toString() {
            return "no such command";
        }
    }

    /** There was no time left. */
    record NotAsked() implements Answer {
        @Override
        public String toString() {
            return "not asked, out of time";
        }
    }

    /** There was none after so long. */
    record Late(long seconds) implements Answer {
        @Override
        public boolean wrong() {
            return true;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "did not answer within %,d s", seconds);
        }
    }

    /** There is no answer, for a reason that a line has room for. */
    record Failed(String reason) implements Answer {
        @Override
        public boolean wrong() {
            return true;
        }

        @Override
        public String toString() {
            return "failed: " + reason;
        }
    }

    /** Whether what the server said is not the answer to the question. */
    default boolean wrong() {
        return false;
    }
}
