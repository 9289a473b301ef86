/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/**
 * The base subject of a message (RFC 5256 section 2.1).
 *
 * @param text what is left of the subject when the marks of replies, forwards and lists are taken away; not normalised
 * @param reply whether that took away a mark of a reply or forward (RFC 5256 section 3, REFERENCES)
 */
public record BaseSubject(String text, boolean reply) {
    private static final String FORWARDED = "(fwd)";
    private static final String FORWARD_START = "[fwd:";

    /** Of a subject whose encoded words are decoded. Takes time in proportion to its length, whatever it says. */
    public static BaseSubject of(String decoded) {
        return new Extraction(collapsed(decoded)).extract();
    }

    /** Step 1: every run of white space one space. */
    private static String collapsed(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!space) {
                collapsed.append(c);
            } else if (collapsed.length() == 0 || collapsed.charAt(collapsed.length() - 1) != ' ') {
                collapsed.append(' ');
            }
        }
        return collapsed.toString();
    }

    /** What is between {@code start} and {@code end} is left. */
    private static final class Extraction {
        private final String text;
        private int start;
        private int end;
        private boolean reply;

        Extraction(String text) {
            this.text = text;
            this.end = text.length();
        }

        BaseSubject extract() {
            do {
                removeTrailers();
                while (removeLeader()) {
                    // step 5
                }
                removeBlobs();
            } while (removeForward());
            return new BaseSubject(text.substring(start, end), reply);
        }

        /** Step 2. */
        private void removeTrailers() {
            while (true) {
                if (start < end && text.charAt(end - 1) == ' ') {
                    end--;
                } else if (end - FORWARDED.length() >= start && has(end - FORWARDED.length(), FORWARDED)) {
                    end -= FORWARDED.length();
                    reply = true;
                } else {
                    return;
                }
            }
        }

        /**
         * Step 3, and those blobs of step 4 that stand before a leader: where no mark of a reply follows on the blobs,
         * none follows on them when the first of them are taken away.
         */
        private boolean removeLeader() {
            if (start < end && text.charAt(start) == ' ') {
                start++;
                return true;
            }
            int after = afterReplyMark(afterBlobs(start));
            if (after < 0) {
                return false;
            }
            start = after;
            reply = true;
            return true;
        }

        /** Step 4, until nothing matches: all blobs, but for the last where nothing else is left. */
        private void removeBlobs() {
            int next = start;
            while (next < end) {
                start = next;
                next = afterBlob(start);
                if (next < 0) {
                    return;
                }
            }
        }

        /** Step 6. */
        private boolean removeForward() {
            boolean forward =
                    end - start > FORWARD_START.length() && has(start, FORWARD_START) && text.charAt(end - 1) == ']';
            if (forward) {
                start += FORWARD_START.length();
                end--;
                reply = true;
            }
            return forward;
        }

        private int afterBlobs(int from) {
            int at = from;
            for (int next = at; next >= 0; next = afterBlob(at)) {
                at = next;
            }
            return at;
        }

        /** Behind the blob and the spaces after it; -1 where there is none. */
        private int afterBlob(int from) {
            if (from >= end || text.charAt(from) != '[') {
                return -1;
            }
            for (int i = from + 1; i < end; i++) {
                char c = text.charAt(i);
                if (c == '[') {
                    return -1;
                }
                if (c == ']') {
                    return afterSpaces(i + 1);
                }
            }
            return -1;
        }

        /** Behind {@code re:}, {@code fw [list] :} and the like; -1 where there is none. */
        private int afterReplyMark(int from) {
            int at;
            if (has(from, "re")) {
                at = from + 2;
            } else if (has(from, "fwd")) {
                at = from + 3;
            } else if (has(from, "fw")) {
                at = from + 2;
            } else {
                return -1;
            }
            at = afterSpaces(at);
            int afterBlob = afterBlob(at);
            at = afterBlob < 0 ? at : afterBlob;
            return at < end && text.charAt(at) == ':' ? at + 1 : -1;
        }

        private int afterSpaces(int from) {
            int at = from;
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        /** Whether {@code word}, in lower case, stands there in any case. */
        private boolean has(int from, String word) {
            if (from + word.length() > end) {
                return false;
            }
            for (int i = 0; i < word.length(); i++) {
                char c = text.charAt(from + i);
                char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
                if (lower != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
