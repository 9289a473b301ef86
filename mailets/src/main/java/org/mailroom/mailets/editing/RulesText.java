/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mailroom.mailbox.install.XmlTags;
import org.mailroom.mailbox.install.XmlTags.Element;
import org.mailroom.mailbox.install.XmlTags.Kind;
import org.mailroom.mailbox.install.XmlTags.Tag;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RulesContent;

/**
 * The text of a rules file and where its rules stand in it. Changes of one rule leave every other character as it is.
 * Immutable.
 */
public final class RulesText {
    private static final String EMPTY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<folder-rules>\n</folder-rules>\n";

    private static final String ROOT = "folder-rules";

    private final XmlText xml;
    private final XmlTags tags;
    private final Map<String, Element> rules = new LinkedHashMap<>();

    private RulesText(XmlText xml, RuleBook book) {
        this.xml = xml;
        this.tags = new XmlTags(xml.text());
        List<Element> elements = tags.elements("rule");
        List<FolderRule> read = book.rules();
        if (elements.size() != read.size()) {
            throw new IllegalStateException("folder-rules.xml has " + read.size() + " rules, but " + elements.size()
                    + " are found in its text: edit it by hand");
        }
        for (int i = 0; i < read.size(); i++) {
            rules.put(read.get(i).name(), elements.get(i));
        }
    }

    /** @param book what was read from {@code content}, all of it */
    public static RulesText of(RulesContent content, RuleBook book) {
        byte[] octets = content.exists() ? content.octets() : EMPTY.getBytes(StandardCharsets.UTF_8);
        return new RulesText(XmlText.of(octets), book);
    }

    /** The characters of a file. */
    public static String decoded(RulesContent content) {
        return XmlText.of(content.octets()).text();
    }

    /**
     * A changed text.
     *
     * @param firstLine of the rule that was put there; 0 where there is none
     * @param lastLine likewise
     */
    record Changed(RulesContent content, int firstLine, int lastLine) {}

    /** All of it. */
    public String text() {
        return xml.text();
    }

    /** The names of the rules, in order. */
    List<String> names() {
        return List.copyOf(rules.keySet());
    }

    /** A rule as it stands there, from its first tag to its last. */
    public Optional<String> rule(String name) {
        return Optional.ofNullable(rules.get(name)).map(element -> xml.text()
                .substring(element.first().start(), element.last().end()));
    }

    /** The version of a rule's text. */
    public Optional<String> version(String name) {
        return rule(name).map(RulesContent::versionOf);
    }

    /** What stands outside of rules, without white space. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        int from = 0;
        for (Element rule : rules.values()) {
            rest.append(xml.text(), from, rule.first().start());
            from = rule.last().end();
        }
        return rest.append(xml.text(), from, xml.text().length()).toString().replaceAll("\\s+", "");
    }

    boolean canHold(String characters) {
        return xml.canHold(characters);
    }

    /** The name of the encoding. */
    String encoding() {
        return xml.charset().name();
    }

    private Element element(String name) {
        return Objects.requireNonNull(rules.get(name), name);
    }

    /** With {@code element} in the place of the rule. */
    Changed replacing(String name, String element) {
        Element old = element(name);
        return put(old.first().start(), old.last().end(), "", element, "");
    }

    /** With {@code element} as a new rule before another, or as the last one. */
    Changed adding(String element, Optional<String> before) {
        if (before.isPresent()) {
            int at = element(before.get()).first().start();
            return put(at, at, "", element, lineEnd() + lineEnd() + tags.indentation(at));
        }
        Optional<Element> last = rules.values().stream().reduce((one, next) -> next);
        if (last.isPresent()) {
            int at = last.get().last().end();
            String indentation = tags.indentation(last.get().first().start());
            return put(at, at, lineEnd() + lineEnd() + indentation, element, "");
        }
        Tag end = rootEnd();
        if (end.kind() == Kind.EMPTY) {
            int slash = xml.text().lastIndexOf('/', end.end());
            return put(slash, end.end(), ">" + lineEnd() + "  ", element, lineEnd() + "</" + ROOT + ">");
        }
        int line = xml.text().lastIndexOf('\n', end.start() - 1) + 1;
        boolean alone = xml.text().substring(line, end.start()).isBlank();
        int at = alone ? line : end.start();
        return put(at, at, (alone ? "" : lineEnd()) + "  ", element, lineEnd());
    }

    /** The root's last tag, or its only one. */
    private Tag rootEnd() {
        return tags.all().stream()
                .filter(tag -> tag.name().equals(ROOT) && tag.kind() != Kind.OPEN)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("folder-rules.xml has no end: edit it by hand"));
    }

    /** Without a rule, and the line that it leaves empty. */
    RulesContent without(String name) {
        return RulesContent.of(xml.encode(tags.without(element(name))));
    }

    private String lineEnd() {
        return xml.text().contains("\r\n") ? "\r\n" : "\n";
    }

    private Changed put(int from, int to, String before, String element, String after) {
        String text = xml.text().substring(0, from)
                + before
                + element
                + after
                + xml.text().substring(to);
        int first = XmlText.lineAt(text, from + before.length());
        int last = XmlText.lineAt(text, from + before.length() + element.length());
        return new Changed(RulesContent.of(xml.encode(text)), first, last);
    }
}
