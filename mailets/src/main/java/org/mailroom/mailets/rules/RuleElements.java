/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the elements of a rules file by its schema, with the JDK's own parser whatever else is on the class path. Nothing
 * outside the file is read: no DTD, no entities.
 */
final class RuleElements {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private final SAXParserFactory parsers;

    RuleElements() {
        try {
            URL xsd = RuleElements.class.getResource("folder-rules.xsd");
            SchemaFactory schemas = SchemaFactory.newDefaultInstance();
            schemas.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Schema schema = schemas.newSchema(xsd);
            parsers = SAXParserFactory.newDefaultInstance();
            parsers.setNamespaceAware(true);
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature(NO_DOCTYPE, true);
            parsers.setSchema(schema);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser does not take Mailroom's folder-rules.xsd", e);
        }
    }

    /**
     * The root element.
     *
     * @param file what messages call it
     */
    RuleElement read(InputStream in, String file) throws FolderRulesException, IOException {
        Reading reading = new Reading();
        try {
            parsers.newSAXParser().parse(new InputSource(in), reading);
        } catch (SAXParseException e) {
            reading.fatal(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (!reading.errors.isEmpty()) {
            throw new FolderRulesException(file, reading.problems());
        }
        return reading.root.orElseThrow();
    }

    /** A rule of which messages speak, from its first line on. */
    private record Beginning(int line, String name) {}

    private static final class Reading extends DefaultHandler {
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<SAXParseException> errors = new ArrayList<>();
        private final List<Beginning> rules = new ArrayList<>();
        private Optional<Locator> locator = Optional.empty();
        private Optional<RuleElement> root = Optional.empty();

        @Override
        public void setDocumentLocator(Locator locator) {
            this.locator = Optional.of(locator);
        }

        @Override
        public void startElement(String uri, String local, String name, Attributes given) {
            Map<String, String> attributes = new HashMap<>();
            for (int i = 0; i < given.getLength(); i++) {
                attributes.put(given.getQName(i), given.getValue(i));
            }
            int line = locator.map(Locator::getLineNumber).orElse(1);
            if (name.equals("rule")) {
                rules.add(new Beginning(line, RuleReader.nameOf(attributes, rules.size() + 1)));
            }
            open.push(new Open(name, line, attributes));
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            open.element().text.append(characters, start, length);
        }

        @Override
        public void endElement(String uri, String local, String name) {
            RuleElement element = open.pop().close();
            if (open.isEmpty()) {
                root = Optional.of(element);
            } else {
                open.element().children.add(element);
            }
        }

        @Override
        public void error(SAXParseException e) {
            errors.add(e);
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }

        void fatal(SAXParseException e) {
            errors.add(e);
        }

        List<Problem> problems() {
            return errors.stream()
                    .map(e -> new Problem(
                            e.getLineNumber(),
                            ruleAt(e.getLineNumber()),
                            e.getMessage().replaceFirst("^[a-z]+-[-a-zA-Z0-9.]+: ", "")))
                    .distinct()
                    .toList();
        }

        private Optional<String> ruleAt(int line) {
            return rules.stream()
                    .filter(rule -> rule.line() <= line)
                    .reduce((before, after) -> after)
                    .map(Beginning::name);
        }
    }

    /** An element whose end is ahead. */
    private static final class Open {
        private final String name;
        private final int line;
        private final Map<String, String> attributes;
        private final List<RuleElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, int line, Map<String, String> attributes) {
            this.name = name;
            this.line = line;
            this.attributes = attributes;
        }

        RuleElement close() {
            return new RuleElement(name, line, attributes, children, text.toString());
        }
    }
}
