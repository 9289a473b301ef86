/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Charsets as mail names them, and octets read in them. Names are read as senders mean them: {@code iso-8859-1} is
 * windows-1252, {@code gb2312} is gb18030 and so on, each a superset of what is named. Nothing here fails on octets
 * that do not fit.
 */
final class MailCharset {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Names that say nothing about the charset: read like a missing one. */
    private static final String UNDECLARED = "";

    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("us-ascii", UNDECLARED),
            Map.entry("ascii", UNDECLARED),
            Map.entry("ansi_x3.4-1968", UNDECLARED),
            Map.entry("iso646-us", UNDECLARED),
            Map.entry("unknown-8bit", UNDECLARED),
            Map.entry("x-unknown", UNDECLARED),
            Map.entry("unknown", UNDECLARED),
            Map.entry("default", UNDECLARED),
            Map.entry("default_charset", UNDECLARED),
            Map.entry("_autodetect", UNDECLARED),
            Map.entry("8bit", UNDECLARED),
            Map.entry("7bit", UNDECLARED),
            Map.entry("binary", UNDECLARED),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf-8mb4", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"),
            Map.entry("unicode-1-1-utf-7", "utf-7"),
            Map.entry("utf7", "utf-7"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso_8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso8859_1", "windows-1252"),
            Map.entry("iso-8859-8-i", "windows-1255"),
            Map.entry("iso-8859-8", "windows-1255"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("gb2312", "gb18030"),
            Map.entry("gb_2312-80", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("cp936", "gb18030"),
            Map.entry("euc-cn", "gb18030"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601-1989", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ksc_5601", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("uhc", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("big5", "x-windows-950"),
            Map.entry("cp950", "x-windows-950"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("mac", "x-macroman"));

    private static final List<Map.Entry<Pattern, String>> SPELLINGS = List.of(
            Map.entry(Pattern.compile("^(?:cp|ibm|dos)[-_ ]?(125\\d)$"), "windows-$1"),
            Map.entry(Pattern.compile("^(?:cp|dos)[-_ ]"), "cp"),
            Map.entry(Pattern.compile("^(?:windows|win|ms|microsoft)[-_]?(?:cp)?[-_]?(\\d+)$"), "windows-$1"),
            Map.entry(Pattern.compile("^iso[-_]?8859[-_]?(\\d+)(?:[-_:].*)?$"), "iso-8859-$1"));

    /** By name and alias, in lower case: asking the JDK for a charset that it lacks costs a millisecond each time. */
    private static final Map<String, Charset> SUPPORTED = supported();

    private MailCharset() {}

    /**
     * The charset that {@code name} means; nothing where it is empty or says that the sender did not know. An unknown
     * name means windows-1252.
     */
    static Optional<Charset> named(String name) {
        String folded = fold(name);
        String meant = MEANT.getOrDefault(folded, folded);
        return meant.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        supported(meant).or(() -> supported(respelt(meant))).orElse(WINDOWS_1252));
    }

    private static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > ' ' && c != '"' && c != '\'' && c < 0x7F) {
                folded.append(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static Optional<Charset> supported(String name) {
        return Optional.ofNullable(SUPPORTED.get(name));
    }

    private static Map<String, Charset> supported() {
        Map<String, Charset> supported = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            charset.aliases().forEach(alias -> supported.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
        }
        // after the aliases: a charset's own name is nobody else's alias
        Charset.availableCharsets().forEach((name, charset) -> supported.put(name.toLowerCase(Locale.ROOT), charset));
        return Map.copyOf(supported);
    }

    /** {@code cp-850} as {@code cp850}, {@code windows1251} as {@code windows-1251}, {@code iso8859-2} likewise. */
    private static String respelt(String name) {
        String respelt = name;
        for (Map.Entry<Pattern, String> spelling : SPELLINGS) {
            respelt = spelling.getKey().matcher(respelt).replaceFirst(spelling.getValue());
        }
        return respelt;
    }

    /**
     * The text that {@code octets} are in {@code charset}, without a byte order mark. Octets that are wrong in UTF-8
     * are read as windows-1252 one by one, so that a single one does not hide its neighbours or itself. In other
     * charsets each becomes U+FFFD, but for text that is UTF-8 as a whole, whatever it is said to be.
     */
    static String decode(Charset charset, byte[] octets, int offset, int length) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return withoutMark(decodeUtf8(octets, offset, length));
        }
        boolean wide = charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
        if (wide && isAscii(octets, offset, length)) {
            // named by mistake: no line end would fit in
            return new String(octets, offset, length, StandardCharsets.US_ASCII);
        }
        String text = replacing(charset, octets, offset, length);
        return withoutMark(
                text.indexOf(REPLACEMENT) < 0
                        ? text
                        : validUtf8(octets, offset, length).orElse(text));
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

    /** The text of octets whose charset nobody names: UTF-8 where valid, else windows-1252. */
    static String decodeUndeclared(byte[] octets, int offset, int length) {
        return withoutMark(
                validUtf8(octets, offset, length).orElseGet(() -> new String(octets, offset, length, WINDOWS_1252)));
    }

    /** {@code octets} as UTF-8, where they are that as a whole. */
    static Optional<String> validUtf8(byte[] octets, int offset, int length) {
        String text = new String(octets, offset, length, StandardCharsets.UTF_8);
        // the replacement character may also stand in the text itself
        return text.indexOf(REPLACEMENT) < 0 || isUtf8(octets, offset, length) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isUtf8(byte[] octets, int offset, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, offset, length));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static String decodeUtf8(byte[] octets, int offset, int length) {
        return validUtf8(octets, offset, length).orElseGet(() -> decodeBrokenUtf8(octets, offset, length));
    }

    private static String decodeBrokenUtf8(byte[] octets, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(octets, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            out.put(new String(octets, in.position(), result.length(), WINDOWS_1252));
            in.position(in.position() + result.length());
        }
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
