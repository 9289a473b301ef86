/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory James works in: {@code conf/}, {@code extensions-jars/}, {@code var/}, {@code logs/}.
 *
 * <p>The configuration is the project's {@code conf/}, copied where a file is not there yet, so that changes made here stay.
 * In the copy every address to listen on becomes a loopback one whose port is a system property
 * ({@code mailroom.port.143} and so on), because the ports are chosen at each start.
 */
public record WorkingDirectory(Path path) {
    private static final String PORT_PROPERTY = "mailroom.port.";

    /** The system property that says where the trial server's Tika server listens. */
    public static final String TIKA_SERVER = "mailroom.tika-server";

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern BIND = Pattern.compile("<bind>[^<]*:(\\d+)</bind>");
    private static final Pattern PORT_LINE = Pattern.compile("(?m)^((?:jmap\\.)?port)=(\\d+)$");
    private static final Pattern PORT_USE = Pattern.compile("\\$\\{sys:" + Pattern.quote(PORT_PROPERTY) + "(\\d+)}");

    /** Makes the path absolute, so that it does not depend on the process's current directory. */
    public WorkingDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Lays the directory out, with a certificate for TLS.
     *
     * @param home the built layout with {@code conf/} and {@code extensions-jars/}
     * @throws IOException when a file cannot be read or written; its message names the file
     */
    public void prepare(Path home) throws IOException {
        for (String name : List.of("conf", "extensions-jars", "var", "logs")) {
            Files.createDirectories(path.resolve(name));
        }
        keepToOwner(path.resolve("var"));
        for (Path file : filesIn(home.resolve("conf"))) {
            Path copy = path.resolve("conf").resolve(file.getFileName().toString());
            if (Files.notExists(copy)) {
                Files.writeString(copy, onLoopback(Files.readString(file)));
            }
        }
        for (Path jar : filesIn(home.resolve("extensions-jars"))) {
            Files.copy(
                    jar,
                    path.resolve("extensions-jars").resolve(jar.getFileName().toString()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Certificate.createIfAbsent(path.resolve("conf").resolve("keystore"));
    }

    /** The mail store in it holds all mail. */
    private static void keepToOwner(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /**
     * Has the search index ask the Tika server that the system property {@value #TIKA_SERVER} names; {@code off} for none.
     *
     * @throws IOException where the configuration names another one, or cannot be changed
     */
    public void askTikaServer() throws IOException {
        Path file = path.resolve("conf").resolve("search-index.xml");
        String configuration = Files.readString(file);
        if (configuration.contains(TIKA_SERVER)) {
            return;
        }
        if (COMMENT.matcher(configuration).replaceAll("").contains("<attachment-text")) {
            throw new IOException("--attachments: " + file + " has an <attachment-text> of its own; take it out");
        }
        int end = configuration.lastIndexOf("</search-index>");
        if (end < 0) {
            throw new IOException("--attachments: " + file + " has no </search-index>");
        }
        Files.writeString(
                file,
                configuration.substring(0, end)
                        + "  <attachment-text>\n    <tika-server>${sys:" + TIKA_SERVER
                        + "}</tika-server>\n  </attachment-text>\n" + configuration.substring(end));
    }

    /** Where the persistent store keeps its database. */
    public Path database() {
        return path.resolve("var").resolve("store");
    }

    /** Where the attachment server writes what it has to say. */
    public Path attachmentLog() {
        return path.resolve("logs").resolve("attachments.log");
    }

    /** Where James writes its log. */
    public Path log() {
        return path.resolve("logs").resolve("james.log");
    }

    /** On loopback ports; and James does not wait at its stop, two seconds for each, for connections that it has closed. */
    private static String onLoopback(String configuration) {
        String bound = BIND.matcher(configuration)
                .replaceAll("<bind>127.0.0.1:\\${sys:" + Matcher.quoteReplacement(PORT_PROPERTY)
                        + "$1}</bind><gracefulShutdown>false</gracefulShutdown>");
        return PORT_LINE.matcher(bound).replaceAll("$1=\\${sys:" + Matcher.quoteReplacement(PORT_PROPERTY) + "$2}");
    }

    /**
     * The system properties of a James that works here: those its configuration refers to, and where it is.
     *
     * @throws IOException when its configuration cannot be read
     */
    public Map<String, String> properties(Ports ports) throws IOException {
        Map<String, String> properties = new TreeMap<>();
        properties.put("working.directory", path.toString());
        properties.put(
                "logback.configurationFile", path.resolve("conf/logback.xml").toString());
        for (Path file : filesIn(path.resolve("conf"))) {
            if (file.toString().endsWith(".xml") || file.toString().endsWith(".properties")) {
                PORT_USE.matcher(Files.readString(file))
                        .results()
                        .mapToInt(use -> Integer.parseInt(use.group(1)))
                        .forEach(port -> properties.put(PORT_PROPERTY + port, String.valueOf(ports.base() + port)));
            }
        }
        return properties;
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
