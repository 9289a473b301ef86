/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Optional;

/**
 * Goes through the addresses of a field (RFC 5322 section 3.4, with its obsolete forms), once from left to right. Reads
 * what clients write: angle brackets, quotes and comments that are not closed, names with dots, encoded words in quotes,
 * semicolons between addresses. For one value, by one thread.
 */
final class AddressScanner {
    /** A longer encoded word is none: RFC 2047 allows 75 characters. */
    private static final int MAX_WORD = 200;

    private final String value;
    private int at;
    private boolean inGroup;

    /** What stands before an angle bracket, or the whole address where there is none. */
    private Piece phrase = new Piece();
    /** What stands in angle brackets. */
    private Optional<Piece> angle = Optional.empty();

    private boolean closed;
    private String comment = "";

    /**
     * An address that was found.
     *
     * @param written the part of the value that it was read from, without blanks at its ends
     */
    record Found(EnvelopeAddress address, String written) {}

    /** Text without quotes and comments, its runs of blanks as one blank. */
    private static final class Piece {
        private final StringBuilder text = new StringBuilder();
        /** Where the first {@code @} stands that is not quoted; -1 for none. */
        private int atSign = -1;

        private boolean quoted;

        void add(char c) {
            boolean blank = Casemap.isWhiteSpace(c);
            if (!blank) {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }

        void atSign() {
            atSign = atSign < 0 ? text.length() : atSign;
            text.append('@');
        }

        boolean isRoute() {
            return atSign == 0;
        }

        boolean hasHost() {
            // runs of blanks are one blank
            int first = atSign + 1;
            return atSign >= 0 && text.length() > first && (text.charAt(first) != ' ' || text.length() > first + 1);
        }

        /** Blanks may stand there (RFC 5322 section 4.4); there is one at most in a row. */
        private static String withoutBlanksAtDots(String mailbox) {
            return mailbox.replace(" .", ".").replace(". ", ".");
        }

        void clear() {
            quoted = false;
            text.setLength(0);
            atSign = -1;
        }

        EnvelopeAddress address(String name) {
            if (atSign < 0) {
                return new EnvelopeAddress(name, decoded(text.toString()), "");
            }
            String host = text.substring(atSign + 1).replace(" ", "");
            String mailbox = text.substring(0, atSign).strip();
            return new EnvelopeAddress(name, quoted ? mailbox : withoutBlanksAtDots(mailbox), host);
        }
    }

    /** @param value unfolded, its encoded words not decoded */
    AddressScanner(String value) {
        this.value = value;
    }

    private static String decoded(String text) {
        return HeaderDecoder.decodeWords(text).strip();
    }

    /** The next address, or the beginning of a group; nothing behind the last. */
    Optional<Found> next() {
        while (at < value.length()) {
            phrase = new Piece();
            angle = Optional.empty();
            closed = false;
            comment = "";
            int start = at;
            boolean group = readToEnd();
            // what is not closed ends with the value
            int end = Math.min(at, value.length());
            at++;
            String written = value.substring(start, end).strip();
            EnvelopeAddress address = group ? new EnvelopeAddress("", decoded(phrase.text.toString()), "") : address();
            if (!address.equals(EnvelopeAddress.NONE)) {
                return Optional.of(new Found(address, written));
            }
        }
        return Optional.empty();
    }

    private EnvelopeAddress address() {
        if (angle.isPresent()) {
            String name = decoded(phrase.text.toString());
            return angle.get().address(name.isEmpty() ? comment : name);
        }
        return phrase.address(phrase.hasHost() ? comment : "");
    }

    /** Goes to the character that ends the address; true where it is the colon behind a group's name. */
    private boolean readToEnd() {
        for (; at < value.length(); at++) {
            char c = value.charAt(at);
            boolean inAngle = angle.isPresent() && !closed;
            Piece piece = inAngle ? angle.get() : closed ? new Piece() : phrase;
            switch (c) {
                case '"' -> readQuoted(piece);
                case '(' -> readComment(piece);
                case '@' -> piece.atSign();
                case '<' -> {
                    angle = angle.or(() -> Optional.of(new Piece()));
                }
                case '>' -> closed |= inAngle;
                case ':' -> {
                    if (!inAngle && !inGroup && phrase.atSign < 0) {
                        inGroup = true;
                        return true;
                    }
                    readColon(piece);
                }
                case ';' -> {
                    inGroup = false;
                    return false;
                }
                case ',' -> {
                    if (!inAngle || !piece.isRoute()) {
                        return false;
                    }
                }
                default -> readText(piece);
            }
        }
        return false;
    }

    /** Behind a route (RFC 5322 section 4.4) the address begins. */
    private static void readColon(Piece piece) {
        if (piece.isRoute()) {
            piece.clear();
        } else {
            piece.add(':');
        }
    }

    private void readText(Piece piece) {
        int end = value.startsWith("=?", at) ? wordEnd() : at + 1;
        for (int i = at; i < end; i++) {
            piece.add(value.charAt(i));
        }
        at = end - 1;
    }

    /** Behind the encoded word that stands here, whatever characters it has; behind one character where there is none. */
    private int wordEnd() {
        int limit = Math.min(value.length(), at + MAX_WORD);
        int marks = 0;
        for (int i = at + 2; i < limit && value.charAt(i) > ' '; i++) {
            if (value.charAt(i) == '?') {
                marks++;
                if (marks > 2 && i + 1 < limit && value.charAt(i + 1) == '=') {
                    return i + 2;
                }
            }
        }
        return at + 1;
    }

    private void readQuoted(Piece piece) {
        piece.quoted = true;
        for (at++; at < value.length() && value.charAt(at) != '"'; at++) {
            if (value.charAt(at) == '\\' && at + 1 < value.length()) {
                at++;
            }
            piece.add(value.charAt(at));
        }
    }

    /** The comment behind an address is the name of its owner, as before RFC 822. */
    private void readComment(Piece piece) {
        Piece text = new Piece();
        int depth = 1;
        for (at++; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\' && at + 1 < value.length()) {
                text.add(value.charAt(++at));
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0) {
                    break;
                }
                text.add(c);
            }
        }
        if (closed || phrase.hasHost()) {
            comment = decoded(text.text.toString());
        }
        piece.add(' ');
    }
}
