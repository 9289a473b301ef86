/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Locale;

/**
 * How a server answered a question.
 *
 * @param millis the median
 * @param missed how many messages the answer lacks
 * @param extra how many it has too many
 * @param inOrder whether they are in the right order and threads, where these were asked for
 */
record Answer(double millis, int missed, int extra, boolean inOrder) {
    boolean right() {
        return missed == 0 && extra == 0 && inOrder;
    }

    @Override
    public String toString() {
        String time = String.format(Locale.ROOT, "%.1f ms", millis);
        if (missed > 0 || extra > 0) {
            return String.format(Locale.ROOT, "%s (%,d missed, %,d extra)", time, missed, extra);
        }
        return inOrder ? time : time + " (wrong order)";
    }
}
