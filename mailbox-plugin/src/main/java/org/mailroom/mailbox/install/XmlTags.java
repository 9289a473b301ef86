/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tags of an XML text and their places in it; it skips comments, CDATA and processing instructions.
 * Immutable.
 */
public final class XmlTags {
    private static final Pattern MARKUP = Pattern.compile(
            "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>|<!DOCTYPE[^>]*>"
                    + "|<(?<close>/?)(?<name>[\\w:.-]+)(?<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>",
            Pattern.DOTALL);

    private final String text;
    private final List<Tag> tags = new ArrayList<>();

    public XmlTags(String text) {
        this.text = text;
        Matcher markup = MARKUP.matcher(text);
        while (markup.find()) {
            if (markup.group("name") != null) {
                String attributes = markup.group("attributes");
                boolean empty = attributes.endsWith("/");
                tags.add(new Tag(
                        markup.group("name"),
                        empty ? Kind.EMPTY : markup.group("close").isEmpty() ? Kind.OPEN : Kind.CLOSE,
                        attributes,
                        markup.start(),
                        markup.end()));
            }
        }
    }

    /** What a tag does. */
    public enum Kind {
        OPEN,
        CLOSE,
        EMPTY
    }

    /** @param end behind its last character */
    public record Tag(String name, Kind kind, String attributes, int start, int end) {
        /** What an attribute says, entities left as they are. */
        public Optional<String> attribute(String attribute) {
            Matcher matcher = Pattern.compile("\\s" + attribute + "\\s*=\\s*(\"[^\"]*\"|'[^']*')")
                    .matcher(attributes);
            return matcher.find()
                    ? Optional.of(matcher.group(1).substring(1, matcher.group(1).length() - 1))
                    : Optional.empty();
        }

        public boolean opens(String element) {
            return kind == Kind.OPEN && name.equals(element);
        }
    }

    /** An element from its first tag to its last. */
    public record Element(Tag first, Tag last) {}

    /** All tags, in the order of the text. */
    public List<Tag> all() {
        return tags;
    }

    /** The elements of that name, empty ones too; elements of one name inside each other are not looked for. */
    public List<Element> elements(String name) {
        List<Element> found = new ArrayList<>();
        Tag open = null;
        for (Tag tag : tags) {
            if (!tag.name().equals(name)) {
                continue;
            }
            switch (tag.kind()) {
                case EMPTY -> found.add(new Element(tag, tag));
                case OPEN -> open = tag;
                case CLOSE -> {
                    if (open != null) {
                        found.add(new Element(open, tag));
                        open = null;
                    }
                }
            }
        }
        return found;
    }

    /** The characters between an element's tags, without white space at the ends. */
    public String content(Element element) {
        return element.first() == element.last()
                ? ""
                : text.substring(element.first().end(), element.last().start()).strip();
    }

    /** The blanks before {@code at} where nothing else stands before it in its line. */
    public String indentation(int at) {
        int line = text.lastIndexOf('\n', at - 1) + 1;
        String before = text.substring(line, at);
        return before.isBlank() ? before : "";
    }

    /** The text with {@code lines} as the last ones inside {@code element}. */
    public String withLast(Element element, String lines) {
        String name = element.first().name();
        if (element.first() == element.last()) {
            return text.substring(0, element.first().start()) + "<" + name + ">\n" + lines + "</" + name + ">"
                    + text.substring(element.first().end());
        }
        int end = element.last().start();
        int line = text.lastIndexOf('\n', end - 1) + 1;
        int at = text.substring(line, end).isBlank() ? line : end;
        return text.substring(0, at) + lines + text.substring(at);
    }

    /** The text without an element, and without the line it stands in where it stands there alone. */
    public String without(Element element) {
        int from = element.first().start();
        int to = element.last().end();
        int line = text.lastIndexOf('\n', from - 1) + 1;
        int next = text.indexOf('\n', to);
        int end = next < 0 ? text.length() : next + 1;
        boolean alone =
                text.substring(line, from).isBlank() && text.substring(to, end).isBlank();
        return alone ? text.substring(0, line) + text.substring(end) : text.substring(0, from) + text.substring(to);
    }
}
