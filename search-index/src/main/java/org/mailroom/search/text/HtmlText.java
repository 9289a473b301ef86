/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The visible text of HTML: no tags, comments, scripts and styles; the title counts, which shows in a window's frame.
 * Elements that start a line or a cell divide words, others ({@code <b>in</b>voice}) do not.
 *
 * <p>Reads tags as the HTML standard's tokenizer does, and builds no tree: text needs none, a tree of a hostile
 * document would be large and deep, and most of the time of reading a mailbox would go into it. Takes time in
 * proportion to the length of the document. Where the standard would lose the rest of a document (a tag or a title that
 * is never closed), that counts as text.
 */
final class HtmlText {

    private static final Set<String> DIVIDING = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "button",
            "caption",
            "center",
            "col",
            "colgroup",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "frame",
            "frameset",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "header",
            "hgroup",
            "hr",
            "html",
            "iframe",
            "legend",
            "li",
            "listing",
            "main",
            "marquee",
            "menu",
            "nav",
            "noframes",
            "object",
            "ol",
            "optgroup",
            "option",
            "p",
            "plaintext",
            "pre",
            "section",
            "select",
            "summary",
            "table",
            "tbody",
            "td",
            "textarea",
            "tfoot",
            "th",
            "thead",
            "title",
            "tr",
            "ul",
            "xmp");

    /** So many tags may be looked through in vain to the end of the document: what was between cost more each time. */
    private static final int MAX_ENDLESS_TAGS = 8;

    private final String html;
    private final StringBuilder text;
    private int at;

    /** Where the next {@code &} stands, or the end: remembered, since texts without one are many. */
    private int nextEntity = -1;

    /** Elements that are never closed, so that nobody looks for their ends again and again. */
    private final Set<String> neverClosed = new HashSet<>();

    /** How many tags had no end outside the quotes of their attributes. */
    private int endlessTags;

    /** Whether a comment has ever an end again. */
    private boolean commentsEnd = true;

    private HtmlText(String html) {
        this.html = html;
        this.text = new StringBuilder(html.length() / 2 + 16);
    }

    static String of(String html) {
        return new HtmlText(html).read();
    }

    private String read() {
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            addText(at, open < 0 ? html.length() : open);
            at = open < 0 ? html.length() : open;
            if (open >= 0) {
                readMarkup();
            }
        }
        return text.toString();
    }

    /** Reads what begins with the {@code <} at {@link #at}. */
    private void readMarkup() {
        char next = charAt(at + 1);
        if (isLetter(next)) {
            readTag(at + 1);
        } else if (next == '/' && isLetter(charAt(at + 2))) {
            readTag(at + 2);
        } else if (html.startsWith("<!--", at)) {
            skipComment();
        } else if (html.startsWith("<![CDATA[", at)) {
            int end = html.indexOf("]]>", at);
            text.append(html, at + 9, end < 0 ? html.length() : end);
            at = end < 0 ? html.length() : end + 3;
        } else if (next == '!' || next == '?' || next == '/' && at + 2 < html.length()) {
            endMarkup(html.indexOf('>', at));
        } else {
            text.append('<');
            at++;
        }
    }

    private void skipComment() {
        int start = at + 4;
        if (html.startsWith(">", start) || html.startsWith("->", start)) {
            at = html.indexOf('>', start) + 1;
            return;
        }
        int end = commentsEnd ? html.indexOf("--", start) : -1;
        while (end >= 0 && charAt(end + 2) != '>' && !html.startsWith("!>", end + 2)) {
            end = html.indexOf("--", end + 1);
        }
        commentsEnd = end >= 0;
        endMarkup(html.indexOf('>', commentsEnd ? end : at));
    }

    /** Goes on behind {@code end}, or takes the rest for text where markup has no end. */
    private void endMarkup(int end) {
        if (end < 0) {
            text.append(html, at, html.length());
        }
        at = end < 0 ? html.length() : end + 1;
    }

    private void readTag(int nameStart) {
        int nameEnd = nameStart;
        while (nameEnd < html.length() && !isTagNameEnd(html.charAt(nameEnd))) {
            nameEnd++;
        }
        boolean opens = html.charAt(at + 1) != '/';
        String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
        endMarkup(tagEnd(nameEnd));
        if (DIVIDING.contains(name)) {
            divide();
        }
        if (opens) {
            readSpecialContent(name);
        }
    }

    private void readSpecialContent(String name) {
        switch (name) {
            case "script", "style" -> {
                int close = closingTag(name);
                at = close < 0 ? html.length() : close;
            }
            case "title", "textarea" -> {
                int close = closingTag(name);
                if (close >= 0) {
                    addText(at, close);
                    at = close;
                }
            }
            default -> {
                // content is markup like any other
            }
        }
    }

    /** Where the tag ends whose name ends at {@code from}; -1 where no further tag ends. */
    private int tagEnd(int from) {
        int i = from;
        while (i < html.length() && endlessTags < MAX_ENDLESS_TAGS) {
            char c = html.charAt(i);
            if (c == '>') {
                return i;
            }
            i++;
            if (c == '=') {
                while (isSpace(charAt(i))) {
                    i++;
                }
                char quote = charAt(i);
                if (quote == '"' || quote == '\'') {
                    int close = html.indexOf(quote, i + 1);
                    if (close < 0) {
                        // a value that is never closed: rather a broken tag than a document without an end
                        break;
                    }
                    i = close + 1;
                }
            }
        }
        endlessTags++;
        return html.indexOf('>', from);
    }

    private int closingTag(String name) {
        if (neverClosed.contains(name)) {
            return -1;
        }
        int close = html.indexOf("</", at);
        while (close >= 0) {
            boolean same = html.regionMatches(true, close + 2, name, 0, name.length());
            if (same && isTagNameEnd(charAt(close + 2 + name.length()))) {
                return close;
            }
            close = html.indexOf("</", close + 2);
        }
        neverClosed.add(name);
        return -1;
    }

    private void divide() {
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) != '\n') {
            text.append('\n');
        }
    }

    private void addText(int from, int to) {
        int start = from;
        while (entityFrom(start) < to) {
            text.append(html, start, nextEntity);
            start = HtmlEntity.append(html, nextEntity, to, text);
        }
        text.append(html, start, to);
    }

    private int entityFrom(int from) {
        if (nextEntity < from) {
            int found = html.indexOf('&', from);
            nextEntity = found < 0 ? html.length() : found;
        }
        return nextEntity;
    }

    /** The character there, or 0 behind the end. */
    private char charAt(int index) {
        return index < html.length() ? html.charAt(index) : 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean isTagNameEnd(char c) {
        return c == '>' || c == '/' || isSpace(c);
    }
}
