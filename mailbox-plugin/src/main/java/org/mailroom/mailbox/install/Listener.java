/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.List;

/** A mailbox listener. */
record Listener(String part, String className) implements ConfigurationEdit {

    @Override
    public String file() {
        return "listeners.xml";
    }

    @Override
    public String lines() {
        return "<listener><class>" + className + "</class></listener>";
    }

    @Override
    public String empty() {
        return "<listeners>\n</listeners>\n";
    }

    @Override
    public String applyTo(String text) throws UnusableFileException {
        XmlTags tags = new XmlTags(text);
        for (XmlTags.Element listener : tags.elements("class")) {
            if (tags.content(listener).equals(className)) {
                return text;
            }
        }
        List<XmlTags.Element> roots = tags.elements("listeners");
        if (roots.isEmpty()) {
            throw new UnusableFileException("it has no <listeners> element");
        }
        return tags.withLast(roots.get(0), "  <listener>\n    <class>" + className + "</class>\n  </listener>\n");
    }

    @Override
    public String removeFrom(String text) {
        XmlTags tags = new XmlTags(text);
        for (XmlTags.Element listener : tags.elements("listener")) {
            if (new XmlTags(tags.content(listener))
                    .elements("class").stream().anyMatch(named -> new XmlTags(tags.content(listener))
                            .content(named)
                            .equals(className))) {
                return tags.without(listener);
            }
        }
        return text;
    }
}
