/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

/**
 * Watches the octets of a line and says whether it ends with the announcement of a literal that the client sends
 * without waiting ({@code {7+}}, RFC 7888). For one thread.
 */
final class LiteralAnnouncement {
    private enum State {
        ELSEWHERE,
        QUOTED,
        ESCAPED,
        LENGTH,
        PLUS,
        CLOSED,
        LINE_END
    }

    private static final long LONGEST = Integer.MAX_VALUE;

    private State state = State.ELSEWHERE;
    private long length;
    private int digits;
    private boolean plus;

    void clear() {
        state = State.ELSEWHERE;
    }

    void add(int octet) {
        state = switch (state) {
            case QUOTED -> octet == '"' || octet == '\n'
                    ? State.ELSEWHERE
                    : octet == '\\' ? State.ESCAPED : State.QUOTED;
            case ESCAPED -> State.QUOTED;
            case LENGTH -> length(octet);
            case PLUS -> octet == '}' ? State.CLOSED : elsewhere(octet);
            case CLOSED -> octet == '\r' ? State.CLOSED : octet == '\n' ? State.LINE_END : elsewhere(octet);
            case ELSEWHERE, LINE_END -> elsewhere(octet);
        };
    }

    /** The length of the literal that follows the line feed just added, without being waited for; -1 for none. */
    long notWaitedFor() {
        return state == State.LINE_END && plus && digits > 0 ? length : -1;
    }

    private State length(int octet) {
        if (octet >= '0' && octet <= '9') {
            length = Math.min(10 * length + octet - '0', LONGEST);
            digits++;
            return State.LENGTH;
        }
        plus = octet == '+';
        return plus ? State.PLUS : octet == '}' ? State.CLOSED : elsewhere(octet);
    }

    private State elsewhere(int octet) {
        if (octet == '{') {
            length = 0;
            digits = 0;
            plus = false;
            return State.LENGTH;
        }
        return octet == '"' ? State.QUOTED : State.ELSEWHERE;
    }
}
