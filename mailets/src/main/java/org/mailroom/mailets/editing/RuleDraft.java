/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mailroom.mailbox.install.XmlTags;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesException.Problem;

/**
 * A {@code <rule>} as an administrator sends it: well-formed XML of that one element. Whether it is a rule that can be used
 * turns out when it stands among the others.
 *
 * @param name its attribute
 * @param element from its first tag to its last
 * @param line on which that begins
 */
public record RuleDraft(String name, String element, int line) {
    /** What messages call it. */
    static final String SENT = "the rule sent";

    /** @throws FolderRulesException where it is none; says on which line */
    public static RuleDraft of(byte[] sent) throws FolderRulesException {
        String name = nameIn(sent);
        XmlText xml = XmlText.of(sent);
        List<XmlTags.Tag> tags = new XmlTags(xml.text()).all();
        int start = tags.get(0).start();
        return new RuleDraft(
                name, xml.text().substring(start, tags.get(tags.size() - 1).end()), XmlText.lineAt(xml.text(), start));
    }

    private static String nameIn(byte[] sent) throws FolderRulesException {
        Optional<String> name = Optional.empty();
        try {
            XMLStreamReader reader = XmlText.factory().createXMLStreamReader(new ByteArrayInputStream(sent));
            boolean inside = false;
            while (reader.hasNext()) {
                int event = reader.next();
                int line = reader.getLocation().getLineNumber();
                if (event == XMLStreamConstants.DTD) {
                    throw wrong(line, "<!DOCTYPE> is not allowed; leave it out");
                }
                if (event == XMLStreamConstants.START_ELEMENT && !inside) {
                    inside = true;
                    if (!reader.getLocalName().equals("rule")
                            || !reader.getPrefix().isEmpty()) {
                        throw wrong(line, "the element is <" + reader.getLocalName() + ">, but one <rule> is sent");
                    }
                    name = Optional.ofNullable(reader.getAttributeValue(null, "name"))
                            .map(String::strip);
                }
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            throw wrong(line, "this is no XML that can be read: " + firstLine(e));
        }
        return name.filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong(1, "the attribute 'name' must be there on <rule>, and not be empty"));
    }

    /** The parser puts what is wrong behind where it is. */
    private static String firstLine(XMLStreamException failure) {
        String message = String.valueOf(failure.getMessage());
        int at = message.indexOf("Message: ");
        return at < 0 ? message.lines().findFirst().orElse("") : message.substring(at + "Message: ".length());
    }

    private static FolderRulesException wrong(int line, String reason) {
        return new FolderRulesException(SENT, List.of(new Problem(line, Optional.empty(), reason)));
    }
}
