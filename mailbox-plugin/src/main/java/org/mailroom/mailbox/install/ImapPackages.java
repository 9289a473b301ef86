/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.List;

/**
 * Mailroom's IMAP commands in the place of James's own.
 *
 * @param insideServers whether James reads the element in each {@code <imapserver>} (3.9) or beside them (3.8)
 */
record ImapPackages(boolean insideServers) implements ConfigurationEdit {
    private static final String CLASS = "org.mailroom.mailbox.imap.MailroomImapPackage";
    private static final String OF_JAMES = "org.apache.james.modules.protocols.DefaultImapPackage";
    private static final String ELEMENT = "imapPackages";
    private static final String SERVER = "imapserver";

    @Override
    public String file() {
        return "imapserver.xml";
    }

    @Override
    public String part() {
        return "SEARCH, SORT and THREAD";
    }

    @Override
    public String lines() {
        return "<" + ELEMENT + ">" + CLASS + "</" + ELEMENT + "> "
                + (insideServers ? "inside each <imapserver>" : "inside <imapservers>");
    }

    @Override
    public String empty() {
        // nothing that could be written would serve IMAP
        return "";
    }

    @Override
    public String applyTo(String text) throws UnusableFileException {
        String opening = insideServers ? SERVER : "imapservers";
        String applied = text;
        boolean any = false;
        // from the last to the first, so that places before stay where they are
        List<XmlTags.Tag> tags = new XmlTags(text).all();
        for (int i = tags.size() - 1; i >= 0; i--) {
            if (tags.get(i).opens(opening)) {
                any = true;
                applied = applyAt(applied, tags.get(i));
            }
        }
        if (!any) {
            throw new UnusableFileException(
                    "it is missing, or has no <" + opening + "> element; Mailroom needs a James that serves IMAP");
        }
        return applied;
    }

    private String applyAt(String text, XmlTags.Tag parent) {
        XmlTags tags = new XmlTags(text);
        for (XmlTags.Element element : tags.elements(ELEMENT)) {
            if (belongs(element, parent, tags)) {
                String content = tags.content(element);
                if (content.contains(CLASS)) {
                    return text;
                }
                if (content.contains(OF_JAMES)) {
                    String own = content.replace(OF_JAMES, CLASS);
                    return text.substring(0, element.first().end())
                            + own
                            + text.substring(element.last().start());
                }
            }
        }
        String indent = tags.indentation(parent.start()) + "    ";
        return text.substring(0, parent.end()) + "\n" + indent + "<" + ELEMENT + ">" + CLASS + "</" + ELEMENT + ">"
                + text.substring(parent.end());
    }

    /** Whether {@code element} is where James reads it: in that server, or in none. */
    private boolean belongs(XmlTags.Element element, XmlTags.Tag parent, XmlTags tags) {
        for (XmlTags.Element server : tags.elements(SERVER)) {
            if (server.first().start() < element.first().start()
                    && element.first().start() < server.last().end()) {
                return insideServers && server.first().start() == parent.start();
            }
        }
        return !insideServers;
    }

    @Override
    public String removeFrom(String text) {
        String removed = text;
        boolean found = true;
        while (found) {
            found = false;
            XmlTags tags = new XmlTags(removed);
            for (XmlTags.Element element : tags.elements(ELEMENT)) {
                if (tags.content(element).equals(CLASS)) {
                    removed = tags.without(element);
                    found = true;
                    break;
                }
            }
        }
        return removed;
    }
}
