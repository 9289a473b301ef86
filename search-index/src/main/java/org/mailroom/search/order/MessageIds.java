/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Reads message ids (RFC 5322 section 3.6.4) where they are valid, in the form in which they are compared. */
final class MessageIds {
    /** A header field's line has at most 998 characters; what is longer is no id, and costs no more time. */
    private static final int LONGEST = 1_000;

    private MessageIds() {}

    /**
     * The valid ids in the value of a field, without their angle brackets, without blanks, and without the quotes that
     * make no difference (RFC 5256 section 3). What stands between them is passed over.
     */
    static List<String> in(String value) {
        List<String> ids = new ArrayList<>();
        int[] closing = closingQuotes(value);
        int start = value.indexOf('<');
        while (start >= 0) {
            Reading reading = new Reading(value, start + 1, closing);
            if (reading.valid()) {
                ids.add(reading.id.toString());
            }
            start = value.indexOf('<', reading.at);
        }
        return ids;
    }

    /**
     * By place, where a quoted string that goes on there ends, or the end: found once, since one id after the other may
     * have a quote that none closes.
     */
    private static int[] closingQuotes(String value) {
        if (value.indexOf('"') < 0) {
            return new int[0];
        }
        int length = value.length();
        int[] closing = new int[length + 2];
        closing[length] = length;
        closing[length + 1] = length;
        for (int i = length - 1; i >= 0; i--) {
            closing[i] = switch (value.charAt(i)) {
                case '"' -> i;
                case '\\' -> closing[i + 2];
                default -> closing[i + 1];
            };
        }
        return closing;
    }

    /**
     * A number in place of an id: 64 bits of its SHA-256, never 0. Two of a million ids have the same number with a
     * probability of one in 37 million; what would follow is a reply in another thread.
     */
    static long number(String id) {
        byte[] digest = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << 8 | digest[i] & 0xFF;
        }
        return number == 0 ? 1 : number;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads one id; {@link #at} is where to look for the next. */
    private static final class Reading {
        private final StringBuilder id = new StringBuilder();
        private final boolean closed;
        private int at;
        private int atSign = -1;

        /** @param closing see {@link #closingQuotes} */
        Reading(String value, int from, int[] closing) {
            at = from;
            boolean quoted = false;
            int end = Math.min(value.length(), from + LONGEST);
            while (at < end) {
                char c = value.charAt(at);
                if (c == '"') {
                    quoted = !quoted;
                    if (quoted && closing[at + 1] >= end) {
                        break;
                    }
                } else if (quoted && c == '\\' && at + 1 < end) {
                    at++;
                    id.append(value.charAt(at));
                } else if (!quoted && (c == '<' || c == '>')) {
                    break;
                } else if (quoted || c != ' ' && c != '\t') {
                    atSign = !quoted && c == '@' && atSign < 0 ? id.length() : atSign;
                    id.append(c);
                }
                at++;
            }
            closed = !quoted && at < end && value.charAt(at) == '>';
            if (quoted) {
                // a quote without its end is none: another id may begin behind it
                at = from;
            }
        }

        boolean valid() {
            return closed && atSign > 0 && atSign < id.length() - 1;
        }
    }
}
