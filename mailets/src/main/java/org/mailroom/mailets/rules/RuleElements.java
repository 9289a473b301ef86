/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.io.ByteArrayInputStream;
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
import java.util.Set;
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
import org.xml.sax.helpers.LocatorImpl;

/**
 * Reads the elements of a rules file by its schema, with the JDK's own parser whatever else is on the class path. Nothing
 * outside the file is read: no DTD, no entities.
 */
final class RuleElements {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** A file of ten thousand long rules is smaller. */
    static final int MAX_OCTETS = 10_000_000;

    /** Elements that hold something else than blanks, or are empty and refused by the schema. */
    private static final Set<String> FILLED = Set.of(
            "when",
            "schedule",
            "user",
            "domain",
            "folder",
            "fileInto",
            "copyInto",
            "addFlag",
            "removeFlag",
            "toProcessor");

    private static final int MAX_PROBLEMS = 100;
    private static final int MAX_MESSAGE = 500;

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
     * @throws FolderRulesException where the text is no XML, not as the schema has it, or too long
     * @throws IOException where {@code in} cannot be read
     */
    RuleElement read(InputStream in, String file) throws FolderRulesException, IOException {
        // in memory first: this separates a mistake in the file from a disk that cannot be read
        byte[] text = in.readNBytes(MAX_OCTETS + 1);
        if (text.length > MAX_OCTETS) {
            throw new FolderRulesException(
                    file, List.of(new Problem(1, Optional.empty(), "rules take " + MAX_OCTETS + " octets at most")));
        }
        Reading reading = new Reading();
        try {
            parsers.newSAXParser().parse(new InputSource(new ByteArrayInputStream(text)), reading);
        } catch (SAXParseException e) {
            reading.fatal(e);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            // an encoding that nobody knows, octets that are none of the encoding's, markup that is not allowed there
            reading.fatal(
                    new SAXParseException("this is no XML that can be read: " + e.getMessage(), reading.locator()));
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
                if (attributes.containsKey("name")
                        && !attributes.get("name").isEmpty()
                        && attributes.get("name").isBlank()) {
                    error(new SAXParseException("the attribute 'name' of <rule> holds nothing but blanks", locator()));
                }
            }
            open.push(new Open(name, line, attributes));
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            open.element().text.append(characters, start, length);
        }

        @Override
        public void endElement(String uri, String local, String name) {
            Open ending = open.pop();
            RuleElement element = ending.close();
            if (FILLED.contains(name)
                    && ending.text.length() > 0
                    && element.text().isEmpty()) {
                error(new SAXParseException("<" + name + "> holds nothing but blanks", locator()));
            }
            if (open.isEmpty()) {
                root = Optional.of(element);
            } else {
                open.element().children.add(element);
            }
        }

        @Override
        public void error(SAXParseException e) {
            if (errors.size() < MAX_PROBLEMS) {
                errors.add(e);
            }
        }

        /** Where the parser is, or the beginning of the file where it has not begun. */
        Locator locator() {
            LocatorImpl here = new LocatorImpl();
            here.setLineNumber(Math.max(1, locator.map(Locator::getLineNumber).orElse(1)));
            return here;
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
                    .map(e -> new Problem(e.getLineNumber(), ruleAt(e.getLineNumber()), message(e)))
                    .distinct()
                    .toList();
        }

        /** Without the name of the schema's rule, and not as long as what it quotes. */
        private static String message(SAXParseException e) {
            String message = String.valueOf(e.getMessage());
            String cut = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
            return cut.replaceFirst("^[a-z]+-[-a-zA-Z0-9.]+: ", "");
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
