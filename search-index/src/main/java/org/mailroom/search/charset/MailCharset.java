/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes octets in the charsets that mail names. Names mean what senders mean by them: {@code iso-8859-1} is
 * windows-1252, {@code gb2312} is GB18030 and so on, each a superset of what is named. Nothing here fails on octets
 * that do not fit. Thread-safe.
 */
public final class MailCharset {
    /** In which octets are read that are nothing else. */
    public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Charset EUC_JP = Charset.forName("x-eucJP-Open");

    private static final byte ESCAPE = 0x1B;
    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** How many octets are looked at to tell which half of UTF-16's units comes first. */
    private static final int MAX_GUESSED_FROM = 1_000;

    private MailCharset() {}

    /**
     * The charset that {@code label} means: a label of the WHATWG encoding table, of IANA's registry, or one that mail
     * uses besides. Nothing where it is empty or unknown, or where it is ASCII's, which senders write over text in any
     * charset.
     */
    public static Optional<Charset> named(String label) {
        return CharsetLabels.find(label).filter(charset -> !charset.equals(StandardCharsets.US_ASCII));
    }

    /** Whether {@code label} is one of a charset, ASCII included. */
    public static boolean isKnown(String label) {
        return CharsetLabels.find(label).isPresent();
    }

    /**
     * The text of {@code octets}, without a byte order mark, which decides over {@code charset}. Without either the text
     * is <em>undeclared</em>: UTF-8 where most of what is not ASCII in it is well-formed UTF-8, and then only the octets
     * that are not are windows-1252; else it is windows-1252.
     *
     * <p>Octets that are wrong in UTF-8 are read as windows-1252 one by one. In other charsets each becomes U+FFFD, but
     * for text that is UTF-8 as a whole, whatever it is said to be.
     */
    public static String decode(Optional<Charset> charset, byte[] octets, int offset, int length) {
        Optional<ByteOrderMark> mark = ByteOrderMark.at(octets, offset, length);
        if (mark.isPresent()) {
            int skipped = mark.get().length();
            return decodeNamed(mark.get().charset(), octets, offset + skipped, length - skipped);
        }
        return charset.isPresent()
                ? decodeNamed(charset.get(), octets, offset, length)
                : decodeUndeclared(octets, offset, length);
    }

    /** As {@link #decode(Optional, byte[], int, int)}, of all {@code octets}. */
    public static String decode(Optional<Charset> charset, byte[] octets) {
        return decode(charset, octets, 0, octets.length);
    }

    /**
     * In which charset {@link #decode} reads {@code octets}, in words for a person.
     *
     * @param charset as there
     */
    public static String describe(Optional<Charset> charset, byte[] octets) {
        if (hasMark(octets, 0)) {
            return "Unicode, by its byte order mark";
        }
        if (charset.isPresent()) {
            return charset.get().name();
        }
        if (isUtf8(octets)) {
            return "undeclared: UTF-8";
        }
        return Utf8Sequences.prevail(octets, 0, octets.length)
                ? "undeclared: UTF-8, stray octets windows-1252"
                : "undeclared: windows-1252";
    }

    /** Whether {@code octets} are UTF-8 as a whole. */
    public static boolean isUtf8(byte[] octets) {
        return validUtf8(octets, 0, octets.length).isPresent();
    }

    /** Whether a byte order mark stands at {@code offset}. */
    public static boolean hasMark(byte[] octets, int offset) {
        return ByteOrderMark.at(octets, offset, octets.length - offset).isPresent();
    }

    private static String decodeNamed(Charset charset, byte[] octets, int offset, int length) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return withoutMark(
                    validUtf8(octets, offset, length).orElseGet(() -> withStrayOctets(octets, offset, length)));
        }
        boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
        if (wide && isAscii(octets, offset, length)) {
            // named by mistake: no line end would fit in
            return new String(octets, offset, length, StandardCharsets.US_ASCII);
        }
        Charset meant = charset.equals(StandardCharsets.UTF_16) ? utf16(octets, offset, length) : charset;
        String read = withoutMark(replacing(meant, octets, offset, length));
        String text = meant.equals(EUC_JP) ? asMicrosoftReads(read) : read;
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        if (charset instanceof TableCharset table && table.isSevenBit()) {
            return decodeUndeclared(octets, offset, length);
        }
        // what has escapes is ASCII and so UTF-8, too
        return charset instanceof HzCharset || hasEscapes(octets, offset, length)
                ? text
                : validUtf8(octets, offset, length)
                        .map(MailCharset::withoutMark)
                        .orElse(text);
    }

    /** By where the zeros of Latin text stand; without any, the order of networks (RFC 2781 section 4.3). */
    private static Charset utf16(byte[] octets, int offset, int length) {
        int littleEndian = 0;
        for (int i = 0; i + 1 < Math.min(length, MAX_GUESSED_FROM); i += 2) {
            littleEndian += octets[offset + i] == 0 ? -1 : 0;
            littleEndian += octets[offset + i + 1] == 0 ? 1 : 0;
        }
        return littleEndian > 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    /** The JDK's decoder has other characters for seven that eucJP-ms has in common with windows-31j. */
    private static String asMicrosoftReads(String text) {
        return text.replace('\u2014', '\u2015')
                .replace('\u301C', '\uFF5E')
                .replace('\u2016', '\u2225')
                .replace('\u2212', '\uFF0D')
                .replace('\u00A2', '\uFFE0')
                .replace('\u00A3', '\uFFE1')
                .replace('\u00AC', '\uFFE2');
    }

    /**
     * The text that {@code octets} are in {@code charset}, with U+FFFD in the place of what is malformed. Never fails,
     * as {@link String}'s constructor does where a charset that is not the JDK's finds fault with the end, or cannot cope
     * with octets that it does not expect.
     */
    private static String replacing(Charset charset, byte[] octets, int offset, int length) {
        if (charset.getClass().getModule().isNamed()) {
            return new String(octets, offset, length, charset);
        }
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer in = ByteBuffer.wrap(octets, offset, length);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(length * (double) decoder.maxCharsPerByte()) + 2);
        try {
            if (!decoder.decode(in, out, true).isUnderflow()
                    || !decoder.flush(out).isUnderflow()) {
                out.put(REPLACEMENT);
            }
            return out.flip().toString();
        } catch (CoderMalfunctionError e) {
            return decodeUndeclared(octets, offset, length);
        }
    }

    private static String decodeUndeclared(byte[] octets, int offset, int length) {
        Optional<String> utf8 = validUtf8(octets, offset, length);
        if (utf8.isPresent()) {
            return withoutMark(utf8.get());
        }
        return Utf8Sequences.prevail(octets, offset, length)
                ? withStrayOctets(octets, offset, length)
                : new String(octets, offset, length, WINDOWS_1252);
    }

    private static Optional<String> validUtf8(byte[] octets, int offset, int length) {
        String text = new String(octets, offset, length, StandardCharsets.UTF_8);
        // the replacement character may also stand in the text itself
        return text.indexOf(REPLACEMENT) < 0 || text.equals(withStrayOctets(octets, offset, length))
                ? Optional.of(text)
                : Optional.empty();
    }

    private static String withStrayOctets(byte[] octets, int offset, int length) {
        return Utf8Sequences.decode(octets, offset, length, WINDOWS_1252);
    }

    private static boolean hasEscapes(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
