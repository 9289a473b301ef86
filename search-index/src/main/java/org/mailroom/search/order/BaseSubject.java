/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import org.mailroom.search.text.Casemap;

/**
 * A subject without what replying and forwarding put around it (RFC 5256 section 2.1).
 *
 * @param text as it is compared: in the form of {@link Casemap}
 * @param reply whether anything was taken away that a reply or a forward puts there
 */
public record BaseSubject(String text, boolean reply) {
    private static final String FORWARDED = "(fwd)";
    private static final String FORWARD_START = "[fwd:";
    private static final String FORWARD_END = "]";

    /** Of a subject that is unfolded and decoded. */
    public static BaseSubject of(String subject) {
        Extraction extraction = new Extraction(collapse(subject));
        extraction.run();
        return new BaseSubject(Casemap.normaliseQuery(extraction.text), extraction.reply);
    }

    private static String collapse(String subject) {
        StringBuilder collapsed = new StringBuilder(subject.length());
        for (int i = 0; i < subject.length(); i++) {
            char c = Casemap.isWhiteSpace(subject.charAt(i)) ? ' ' : subject.charAt(i);
            if (c != ' ' || collapsed.length() == 0 || collapsed.charAt(collapsed.length() - 1) != ' ') {
                collapsed.append(c);
            }
        }
        return collapsed.toString();
    }

    /** The six steps of the RFC, on positions, so that a subject of nothing but prefixes takes linear time. */
    private static final class Extraction {
        private String text;
        /** In lower case, for comparing; as long as {@link #text}. */
        private final String lower;

        private int from;
        private int to;
        private boolean reply;

        Extraction(String text) {
            this.text = text;
            StringBuilder folded = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                // only ASCII letters are compared, and the length must stay
                char c = text.charAt(i);
                folded.append(c < 0x80 ? Character.toLowerCase(c) : c);
            }
            this.lower = folded.toString();
            this.to = text.length();
        }

        void run() {
            do {
                removeTrailers();
                while (removeLeader() || removeBlob()) {
                    // until nothing is left to remove
                }
            } while (removeForward());
            text = text.substring(from, to);
        }

        private void removeTrailers() {
            while (true) {
                if (to > from && lower.charAt(to - 1) == ' ') {
                    to--;
                } else if (to - from >= FORWARDED.length() && lower.startsWith(FORWARDED, to - FORWARDED.length())) {
                    to -= FORWARDED.length();
                    reply = true;
                } else {
                    return;
                }
            }
        }

        /** Blobs and then "re:", "fw:" or "fwd:", or a blank. */
        private boolean removeLeader() {
            if (from < to && lower.charAt(from) == ' ') {
                from++;
                return true;
            }
            int at = from;
            for (int blob = blobEnd(at); blob > at; blob = blobEnd(at)) {
                at = blob;
            }
            int end = replyEnd(at);
            if (end < 0) {
                return false;
            }
            from = end;
            reply = true;
            return true;
        }

        private int replyEnd(int start) {
            int at = start;
            if (lower.startsWith("re", at)) {
                at += 2;
            } else if (lower.startsWith("fwd", at)) {
                at += 3;
            } else if (lower.startsWith("fw", at)) {
                at += 2;
            } else {
                return -1;
            }
            at = blanksEnd(at);
            at = blobEnd(at);
            return at < to && lower.charAt(at) == ':' ? at + 1 : -1;
        }

        /** A blob, where something stays behind it. */
        private boolean removeBlob() {
            int end = blobEnd(from);
            if (end == from || end >= to) {
                return false;
            }
            from = end;
            return true;
        }

        private boolean removeForward() {
            if (to - from < FORWARD_START.length() + 1
                    || !lower.startsWith(FORWARD_START, from)
                    || !lower.startsWith(FORWARD_END, to - 1)) {
                return false;
            }
            from += FORWARD_START.length();
            to--;
            reply = true;
            return true;
        }

        /** Where "[...]" with blanks after it ends that begins at {@code start}; there, where none does. */
        private int blobEnd(int start) {
            if (start >= to || lower.charAt(start) != '[') {
                return start;
            }
            int at = start + 1;
            while (at < to && lower.charAt(at) != ']' && lower.charAt(at) != '[') {
                at++;
            }
            return at < to && lower.charAt(at) == ']' ? blanksEnd(at + 1) : start;
        }

        private int blanksEnd(int start) {
            int at = start;
            while (at < to && lower.charAt(at) == ' ') {
                at++;
            }
            return at;
        }
    }
}
