/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import org.jsoup.nodes.Entities;
import org.mailroom.search.charset.MailCharset;

/**
 * Decodes character references of HTML: {@code &eacute;}, {@code &#233;}, {@code &#xE9;}, and without the semicolon
 * where the standard allows that.
 */
final class HtmlEntity {

    /** The longest name in HTML, {@code CounterClockwiseContourIntegral}, and room to spare. */
    private static final int LONGEST_NAME = 40;

    /** The longest name that needs no semicolon, as {@code frac12}. */
    private static final int LONGEST_BARE_NAME = 6;

    private HtmlEntity() {}

    /**
     * Appends what the reference that begins with the {@code &} at {@code start} means, or the {@code &} itself where
     * there is none.
     *
     * @return where it ends, at most at {@code limit}
     */
    static int append(String html, int start, int limit, StringBuilder text) {
        boolean numeric = start + 1 < limit && html.charAt(start + 1) == '#';
        int end = numeric ? numeric(html, start + 2, limit, text) : named(html, start + 1, limit, text);
        if (end < 0) {
            text.append('&');
            return start + 1;
        }
        return end < limit && html.charAt(end) == ';' ? end + 1 : end;
    }

    private static int numeric(String html, int start, int limit, StringBuilder text) {
        boolean hex = start < limit && (html.charAt(start) | 0x20) == 'x';
        int from = hex ? start + 1 : start;
        int value = 0;
        int i = from;
        while (i < limit && html.charAt(i) < 0x80 && Character.digit(html.charAt(i), hex ? 16 : 10) >= 0) {
            value = Math.min(
                    value * (hex ? 16 : 10) + Character.digit(html.charAt(i), 16), Character.MAX_CODE_POINT + 1);
            i++;
        }
        if (i == from) {
            return -1;
        }
        boolean character = value > 0 && value <= Character.MAX_CODE_POINT && !(value >= 0xD800 && value < 0xE000);
        if (value >= 0x80 && value < 0xA0) {
            text.append(new String(new byte[] {(byte) value}, MailCharset.WINDOWS_1252));
        } else {
            text.appendCodePoint(character ? value : 0xFFFD);
        }
        return i;
    }

    private static int named(String html, int start, int limit, StringBuilder text) {
        int end = start;
        while (end < limit && end - start < LONGEST_NAME && isNameCharacter(html.charAt(end))) {
            end++;
        }
        String name = html.substring(start, end);
        if (end < limit && html.charAt(end) == ';' && Entities.isNamedEntity(name)) {
            text.append(Entities.getByName(name));
            return end;
        }
        for (int length = Math.min(name.length(), LONGEST_BARE_NAME); length > 1; length--) {
            String bare = name.substring(0, length);
            if (Entities.isBaseNamedEntity(bare)) {
                text.append(Entities.getByName(bare));
                return start + length;
            }
        }
        return -1;
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
