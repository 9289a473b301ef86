/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.List;

/** The level at which Mailroom logs. James's sample files show warnings only, but for James's own classes. */
record LogLevel() implements ConfigurationEdit {
    private static final String LOGGER = "org.mailroom";

    @Override
    public String file() {
        return "logback.xml";
    }

    @Override
    public String part() {
        return "log lines of Mailroom";
    }

    @Override
    public String lines() {
        return "<logger name=\"" + LOGGER + "\" level=\"INFO\"/>";
    }

    @Override
    public String empty() {
        return "";
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public String applyTo(String text) throws UnusableFileException {
        XmlTags tags = new XmlTags(text);
        if (tags.all().stream().anyMatch(LogLevel::isOwn)) {
            return text;
        }
        List<XmlTags.Element> roots = tags.elements("configuration");
        if (roots.isEmpty()) {
            throw new UnusableFileException("it has no <configuration> element");
        }
        return tags.withLast(roots.get(0), "    " + lines() + "\n");
    }

    private static boolean isOwn(XmlTags.Tag tag) {
        return tag.name().equals("logger")
                && tag.attribute("name").filter(LOGGER::equals).isPresent();
    }

    @Override
    public String removeFrom(String text) {
        XmlTags tags = new XmlTags(text);
        for (XmlTags.Tag tag : tags.all()) {
            if (isOwn(tag) && tag.kind() == XmlTags.Kind.EMPTY) {
                return tags.without(new XmlTags.Element(tag, tag));
            }
        }
        return text;
    }
}
