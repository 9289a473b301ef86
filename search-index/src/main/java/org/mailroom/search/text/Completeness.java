/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.EnumSet;
import java.util.Set;

/**
 * How much of a message's text is there, of its own header (with the sent date) and of its body. Immutable.
 *
 * @param headerGaps why header fields are missing; empty where all are there
 * @param bodyGaps why texts of the body are missing; empty where all are there
 */
public record Completeness(Set<Gap> headerGaps, Set<Gap> bodyGaps) {
    /** All text is there. */
    public static final Completeness COMPLETE = new Completeness(Set.of(), Set.of());

    /** Nothing is known to be there, as the message cannot be read now. */
    public static final Completeness UNAVAILABLE = new Completeness(Set.of(Gap.UNAVAILABLE), Set.of(Gap.UNAVAILABLE));

    public Completeness {
        headerGaps = Set.copyOf(headerGaps);
        bodyGaps = Set.copyOf(bodyGaps);
    }

    /** Whether every header field of the message itself is there as a whole. */
    public boolean headerComplete() {
        return headerGaps.isEmpty();
    }

    /** Whether every text of the body is there as a whole. */
    public boolean bodyComplete() {
        return bodyGaps.isEmpty();
    }

    /** Gathers gaps while a message is read. Not thread-safe. */
    static final class Builder {
        private final Set<Gap> header = EnumSet.noneOf(Gap.class);
        private final Set<Gap> body = EnumSet.noneOf(Gap.class);

        /** Something of the message's header is missing. That may be what says how to read its body. */
        void inHeader(Gap gap) {
            header.add(gap);
            body.add(gap);
        }

        void inBody(Gap gap) {
            body.add(gap);
        }

        Completeness build() {
            return header.isEmpty() && body.isEmpty() ? COMPLETE : new Completeness(header, body);
        }
    }
}
