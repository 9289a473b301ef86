/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * Commands like one of the table that look for other strings or other dates, or, where that one asks for all messages, leave
 * out those of a day. Nothing that one of them looks for is looked for by another, or by the table.
 *
 * @param alike those that stand in about as many messages as what the table looks for; at most {@value #ALIKE}
 * @param warmUps those to warm up with
 */
record Unasked(List<String> alike, List<String> warmUps) {
    static final int ALIKE = 15;

    /** The one for a round, from the beginning again where there are no more; nothing where there is none. */
    Optional<String> warmUp(int round) {
        return warmUps.isEmpty() ? Optional.empty() : Optional.of(warmUps.get(round % warmUps.size()));
    }
}
