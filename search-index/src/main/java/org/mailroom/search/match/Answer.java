/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

/** Says whether a key matches a message. */
enum Answer {
    NO,
    /** The answer depends on text that is past a limit. */
    UNKNOWN,
    YES;

    static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    Answer negated() {
        return switch (this) {
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
            case YES -> NO;
        };
    }

    /** Whether both hold. */
    Answer and(Answer other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Whether one of them holds. */
    Answer or(Answer other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
