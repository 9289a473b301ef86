/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Arrays;

/** Joins the lines that formats of text break in two. Time is linear in the text. */
final class TextLayout {

    private TextLayout() {}

    /**
     * The octets of a calendar or a card with their folded lines joined (RFC 5545 section 3.1, RFC 6350 section 3.2): a
     * line end and the blank behind it go. Folding may cut a character in two, so this comes before the charset.
     */
    static byte[] unfold(byte[] octets) {
        byte[] unfolded = new byte[octets.length];
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            boolean folded =
                    octets[i] == '\n' && i + 1 < octets.length && (octets[i + 1] == ' ' || octets[i + 1] == '\t');
            if (folded) {
                // some mail has CR CR LF
                while (length > 0 && unfolded[length - 1] == '\r') {
                    length--;
                }
                i++;
            } else {
                unfolded[length++] = octets[i];
            }
        }
        return Arrays.copyOf(unfolded, length);
    }

    /**
     * The text of {@code format=flowed; delsp=yes} (RFC 3676 section 4) with its paragraphs joined: the blank at the end
     * of a flowed line goes, and so do the quote marks and the stuffed blank of the line that continues it.
     */
    static String joinFlowed(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        int openDepth = -1;
        int start = 0;
        while (start < text.length()) {
            int lineFeed = text.indexOf('\n', start);
            int next = lineFeed < 0 ? text.length() : lineFeed + 1;
            int end = lineFeed < 0 ? next : lineFeed;
            // some mail has CR CR LF
            while (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            int depth = 0;
            while (start + depth < end && text.charAt(start + depth) == '>') {
                depth++;
            }
            int from = start + depth;
            from += from < end && text.charAt(from) == ' ' ? 1 : 0;
            boolean signature = text.startsWith("-- ", from) && end == from + 3;
            boolean flowed = end > from && text.charAt(end - 1) == ' ' && !signature;
            if (openDepth >= 0 && (openDepth != depth || signature)) {
                joined.append('\n');
                openDepth = -1;
            }
            joined.append(text, openDepth < 0 ? start : from, flowed ? end - 1 : next);
            openDepth = flowed ? depth : -1;
            start = next;
        }
        return joined.toString();
    }
}
