/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.List;

/**
 * The mailet that asks the folder rules, right before each {@code LocalDelivery} and with its matcher: so it sees the mail
 * of local users and no relayed mail, whatever processor delivers it.
 */
record RulesAtDelivery() implements ConfigurationEdit {
    private static final String CLASS = "org.mailroom.mailets.FolderRules";
    private static final String MAILET = "mailet";

    @Override
    public String file() {
        return "mailetcontainer.xml";
    }

    @Override
    public String part() {
        return "folder rules at delivery";
    }

    @Override
    public String lines() {
        return "<mailet match=\"...\" class=\"" + CLASS
                + "\"/> right before the mailet LocalDelivery and with the same match";
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
        List<XmlTags.Tag> tags = new XmlTags(text).all();
        StringBuilder applied = new StringBuilder(text);
        boolean any = false;
        for (int i = tags.size() - 1; i >= 0; i--) {
            if (isMailet(tags.get(i), "LocalDelivery")) {
                any = true;
                if (i == 0 || !precedes(tags, i)) {
                    XmlTags.Tag delivery = tags.get(i);
                    String indent = new XmlTags(text).indentation(delivery.start());
                    String match = delivery.attribute("match").orElse("All");
                    char quote = match.indexOf('"') < 0 ? '"' : '\'';
                    applied.insert(
                            delivery.start(),
                            "<mailet match=" + quote + match + quote + " class=\"" + CLASS + "\"/>\n" + indent);
                }
            }
        }
        if (!any) {
            throw new UnusableFileException(
                    "it has no mailet LocalDelivery; folder rules at delivery need one, with the mailet " + CLASS
                            + " right before it");
        }
        return applied.toString();
    }

    /** Whether the rules stand in the same processor, somewhere before the delivery. */
    private static boolean precedes(List<XmlTags.Tag> tags, int delivery) {
        for (int i = delivery - 1; i >= 0; i--) {
            if (tags.get(i).opens("processor")) {
                return false;
            }
            if (isMailet(tags.get(i), CLASS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMailet(XmlTags.Tag tag, String className) {
        return tag.name().equals(MAILET)
                && tag.kind() != XmlTags.Kind.CLOSE
                && tag.attribute("class")
                        .filter(name -> name.equals(className) || name.endsWith("." + className))
                        .isPresent();
    }

    @Override
    public String removeFrom(String text) {
        XmlTags tags = new XmlTags(text);
        for (XmlTags.Tag tag : tags.all()) {
            if (isMailet(tag, CLASS) && tag.kind() == XmlTags.Kind.EMPTY) {
                return removeFrom(tags.without(new XmlTags.Element(tag, tag)));
            }
        }
        return text;
    }
}
