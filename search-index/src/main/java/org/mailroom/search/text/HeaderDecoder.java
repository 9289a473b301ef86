/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.search.charset.MailCharset;

/**
 * Reads values of header fields: unfolds them (RFC 5322 section 2.2.3) and decodes the encoded words in them (RFC 2047,
 * with the language suffix of RFC 2231). Encoded words are decoded wherever they stand, in quoted strings and inside
 * words too, since clients write them there. What is not an encoded word stays as it is. Thread-safe; never fails.
 */
public final class HeaderDecoder {

    private static final String START = "=?";
    private static final String END = "?=";

    private static final byte ESCAPE = 0x1B;
    private static final Set<String> ISO_2022_JP = Set.of("x-windows-iso2022jp", "ISO-2022-JP-2");

    private HeaderDecoder() {}

    /** The decoded value of a raw one, folded or not, whose octets are in no declared charset ({@link MailCharset}). */
    public static String decode(byte[] raw) {
        return decodeWords(unfold(raw, 0, raw.length));
    }

    /** {@code value} unfolded and with its encoded words decoded. */
    public static String decode(String value) {
        return decodeWords(unfold(value));
    }

    /** The octets as text, undeclared ({@link MailCharset}), without line breaks and blanks at the ends. */
    static String unfold(byte[] raw, int offset, int length) {
        return unfold(MailCharset.decode(Optional.empty(), raw, offset, length));
    }

    private static String unfold(String value) {
        int lineEnd = lineEnd(value, 0);
        if (lineEnd == value.length()) {
            return value.strip();
        }
        StringBuilder unfolded = new StringBuilder(value.length());
        int start = 0;
        while (start < value.length()) {
            unfolded.append(value, start, lineEnd);
            start = lineEnd + 1;
            if (start < value.length() && !Casemap.isWhiteSpace(value.charAt(start))) {
                // a break that is no folding still divides words
                unfolded.append(' ');
            }
            lineEnd = lineEnd(value, start);
        }
        return unfolded.toString().strip();
    }

    private static int lineEnd(String value, int from) {
        int lineFeed = value.indexOf('\n', from);
        int end = lineFeed < 0 ? value.length() : lineFeed;
        while (end > from && value.charAt(end - 1) == '\r') {
            end--;
        }
        return end;
    }

    /** {@code unfolded} with its encoded words decoded. */
    static String decodeWords(String unfolded) {
        int start = unfolded.indexOf(START);
        return start < 0 ? unfolded : new Words(unfolded).decode(start);
    }

    /**
     * Decodes one value. Octets of adjacent words of the same charset are joined before they are read, since clients
     * cut characters in two.
     */
    private static final class Words {
        private final String value;
        private final StringBuilder decoded;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final List<Integer> wordStarts = new ArrayList<>();
        private String cutGroup = "";
        private String charsetName = "";
        private Optional<Charset> charset = Optional.empty();

        /** Up to where {@code value} is decoded. */
        private int done;

        /** Where the next {@link #END} stands, or -1 after the last. */
        private int nextEnd;

        Words(String value) {
            this.value = value;
            this.decoded = new StringBuilder(value.length());
        }

        String decode(int firstStart) {
            int start = firstStart;
            while (start >= 0) {
                int end = readWord(start);
                start = value.indexOf(START, end < 0 ? start + 1 : end);
            }
            flush();
            return decoded.append(value, done, value.length()).toString();
        }

        /** Reads the encoded word that starts at {@code start}; where it ends, or -1 where there is none. */
        private int readWord(int start) {
            int charsetEnd = value.indexOf('?', start + 2);
            if (charsetEnd < 0 || charsetEnd + 2 >= value.length() || value.charAt(charsetEnd + 2) != '?') {
                return -1;
            }
            char encoding = Character.toLowerCase(value.charAt(charsetEnd + 1));
            if (encoding != 'q' && encoding != 'b' || !isCharsetName(start + 2, charsetEnd)) {
                return -1;
            }
            int textStart = charsetEnd + 3;
            int textEnd = textEnd(textStart, encoding);
            if (textEnd < 0) {
                return -1;
            }
            begin(start, value.substring(start + 2, charsetEnd));
            wordStarts.add(octets.size());
            if (encoding == 'q') {
                quotedPrintable(textStart, textEnd);
            } else {
                base64(textStart, textEnd);
            }
            done = textEnd + 2;
            return done;
        }

        private boolean isCharsetName(int from, int to) {
            for (int i = from; i < to; i++) {
                char c = value.charAt(i);
                if (c <= ' ' || c >= 0x7F || c == '=') {
                    return false;
                }
            }
            return from < to;
        }

        private int textEnd(int textStart, char encoding) {
            int end = indexOfEnd(textStart);
            int next = value.indexOf(START, textStart);
            // padding before the end looks like a beginning: "YQ==?="
            if (end < 0 || next >= 0 && next < end - 1) {
                return -1;
            }
            // a bare question mark before an escape looks like the end: "what?=20now?="
            boolean escape = encoding == 'q' && hex(end + 2) >= 0 && hex(end + 3) >= 0;
            int later = escape ? indexOfEnd(end + 2) : -1;
            int following = later < 0 ? -1 : value.indexOf(START, end + 2);
            return later < 0 || following >= 0 && following < later - 1 ? end : later;
        }

        /** Remembered, so that a value full of beginnings without an end is not searched for one again and again. */
        private int indexOfEnd(int from) {
            if (nextEnd >= 0 && nextEnd < from) {
                nextEnd = value.indexOf(END, from);
            }
            return nextEnd;
        }

        private void begin(int start, String name) {
            boolean adjacent =
                    !charsetName.isEmpty() && value.substring(done, start).isBlank();
            Optional<Charset> named = name.equalsIgnoreCase(charsetName) ? charset : MailCharset.named(name);
            charsetName = name;
            if (adjacent && named.equals(charset)) {
                return;
            }
            flush();
            if (!adjacent) {
                decoded.append(value, done, start);
            }
            charset = named;
        }

        private void flush() {
            endBase64();
            byte[] read = octets.toByteArray();
            int from = 0;
            for (int start : freshStarts(read)) {
                decoded.append(MailCharset.decode(charset, read, from, start - from));
                from = start;
            }
            decoded.append(MailCharset.decode(charset, read, from, read.length - from));
            octets.reset();
            wordStarts.clear();
        }

        /** Where words begin that do not go on with the octets of the word before them. */
        private List<Integer> freshStarts(byte[] read) {
            String name = charset.map(Charset::name).orElse("");
            boolean escapes = ISO_2022_JP.contains(name);
            if (!escapes && !name.startsWith("UTF") || wordStarts.size() < 2) {
                return List.of();
            }
            LinkedList<Integer> fresh = new LinkedList<>();
            int escape = read.length;
            int at = read.length;
            for (int i = wordStarts.size() - 1; i > 0; i--) {
                int start = wordStarts.get(i);
                while (escapes && at > start) {
                    at--;
                    escape = read[at] == ESCAPE ? at : escape;
                }
                if (escapes ? !returnsToAscii(read, escape) : MailCharset.hasMark(read, start)) {
                    fresh.addFirst(start);
                }
            }
            return fresh;
        }

        /**
         * A word begins in ASCII, as the one before should end (RFC 1468). Where the next escape is one to ASCII, however,
         * a client has cut its text without regard for that.
         */
        private static boolean returnsToAscii(byte[] read, int escape) {
            return escape + 1 < read.length && read[escape + 1] == '(';
        }

        /** Keeps a group that is cut for the next word: some clients encode a whole text and then cut it. */
        private void base64(int from, int to) {
            String text = cutGroup + value.substring(from, to);
            int end = Base64Stream.cutGroup(text);
            Base64Stream.decode(text, 0, end, octets);
            cutGroup = text.substring(end);
        }

        private void endBase64() {
            Base64Stream.decode(cutGroup, 0, cutGroup.length(), octets);
            cutGroup = "";
        }

        private void quotedPrintable(int from, int to) {
            endBase64();
            for (int i = from; i < to; i++) {
                char c = value.charAt(i);
                if (c == '_') {
                    octets.write(' ');
                } else if (c == '=' && i + 2 < to && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
                    octets.write(hex(i + 1) << 4 | hex(i + 2));
                    i += 2;
                } else if (c < 0x80) {
                    octets.write(c);
                } else {
                    i += literal(i);
                }
            }
        }

        /** A character that should have been encoded: as the charset writes it, so that it reads as itself. */
        private int literal(int at) {
            int c = value.codePointAt(at);
            Charset writing = charset.filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
            octets.writeBytes(Character.toString(c).getBytes(writing));
            return Character.charCount(c) - 1;
        }

        private int hex(int at) {
            return at < value.length() ? TransferDecodingStream.hexDigit(value.charAt(at)) : -1;
        }
    }
}
