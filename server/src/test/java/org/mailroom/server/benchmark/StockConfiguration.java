/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.mailroom.server.harness.JamesProcess;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the trial server would be configured with if there were no Mailroom. */
final class StockConfiguration {
    private static final String OURS = "org.mailroom.";
    /** The elements by which Mailroom comes into a file of James's. */
    private static final List<String> HOOKS = List.of("listener", "mailet", "imapPackages");

    private StockConfiguration() {}

    /** Writes it into a directory that a server may have for its home, with no extensions. */
    static Path in(Path home) throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("extensions-jars"));
        try (Stream<Path> files = Files.list(JamesProcess.layout().resolve("conf"))) {
            for (Path file : files.sorted().toList()) {
                copy(file, conf.resolve(file.getFileName().toString()));
            }
        }
        return home;
    }

    private static void copy(Path file, Path copy) throws IOException {
        if (file.toString().endsWith(".properties")) {
            try (Stream<String> lines = Files.lines(file)) {
                Files.write(copy, lines.filter(line -> !line.contains(OURS)).toList());
            }
        } else if (file.toString().endsWith(".xml") && Files.readString(file).contains(OURS)) {
            withoutHooks(file, copy);
        } else {
            Files.copy(file, copy);
        }
    }

    private static void withoutHooks(Path file, Path copy) throws IOException {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            for (String hook : HOOKS) {
                NodeList elements = document.getElementsByTagName(hook);
                IntStream.range(0, elements.getLength())
                        .mapToObj(i -> (Element) elements.item(i))
                        .filter(StockConfiguration::isOurs)
                        // the list changes with the document
                        .collect(Collectors.toList())
                        .forEach(element -> element.getParentNode().removeChild(element));
            }
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(copy.toFile()));
        } catch (ParserConfigurationException | SAXException | TransformerException e) {
            throw new IOException("Cannot take Mailroom out of " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOurs(Element element) {
        return element.getTextContent().contains(OURS)
                || element.getAttribute("match").contains(OURS)
                || element.getAttribute("class").contains(OURS);
    }
}
