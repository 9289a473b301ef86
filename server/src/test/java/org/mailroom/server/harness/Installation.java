/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailroom.mailbox.install.InstallCommand;
import org.mailroom.server.trial.Ports;
import org.mailroom.server.trial.Trial;
import org.mailroom.server.trial.WorkingDirectory;

/**
 * A James as its project hands it out, to run the system tests against: a directory with {@code james-server-*-app.jar}, its
 * {@code .lib} directory and a sample {@code conf/}. The system property {@value #HOME} names it, {@value #MEMORY} another
 * one with the in-memory store. Nothing in it is changed: James works in the test's directory, with its own sample
 * configuration and Mailroom's files over that, or with its own configuration as Mailroom's install command changes it.
 *
 * @param jar its main JAR
 * @param conf its configuration
 * @param dropIn whether Mailroom is put in by its install command alone
 */
record Installation(Path jar, Path conf, boolean dropIn) {
    static final String HOME = "mailroom.james.home";
    static final String MEMORY = "mailroom.james.memory";

    /** The memory server that Maven Central has, as the build lays it out. */
    private static final String STOCK = "mailroom.james.stock";

    /** A small configuration for it, as stock as James's own sample. */
    private static final Path STOCK_CONF = Path.of("src/test/resources/stock-conf");

    /** James 3.9 wants it. */
    private static final int JAVA = 21;

    private static final Pattern ENABLED = Pattern.compile("(enabled=\"?)true");
    private static final Pattern PROTOCOL = Pattern.compile("<defaultProtocol>(\\w+)</defaultProtocol>");

    /** The one the tests are to use; nothing where they are to use the trial server. */
    static Optional<Installation> given(boolean memory) {
        return Optional.ofNullable(System.getProperty(memory ? MEMORY : HOME))
                .or(() -> Optional.ofNullable(System.getProperty(HOME)))
                .filter(home -> !home.isEmpty())
                .map(home -> in(Path.of(home), Path.of(home, "conf"), false));
    }

    /** The one to drop Mailroom into: what is given, else the memory server of the version Mailroom is compiled against. */
    static Installation stock() {
        return Optional.ofNullable(System.getProperty(HOME))
                .filter(home -> !home.isEmpty())
                .map(home -> in(Path.of(home), Path.of(home, "conf"), true))
                .orElseGet(() -> in(Path.of(System.getProperty(STOCK)), STOCK_CONF, true));
    }

    private static Installation in(Path home, Path conf, boolean dropIn) {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().matches("james-server-[a-z-]+\\.jar"))
                    .findFirst()
                    .map(jar -> new Installation(jar, conf, dropIn))
                    .orElseThrow(() -> new IllegalStateException("no james-server-*.jar in " + home));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the James in " + home, e);
        }
    }

    private boolean jakarta() throws IOException {
        try (Stream<Path> jars = Files.list(libraries())) {
            return jars.anyMatch(file -> file.getFileName().toString().startsWith("jakarta.inject-api-2"));
        }
    }

    /** Lays the working directory out, where that is still to be done, and says how to start James in it. */
    List<String> command(JamesProcess.Options options, Ports ports) throws IOException {
        Path directory = options.directory().toAbsolutePath();
        WorkingDirectory work = new WorkingDirectory(directory);
        if (Files.notExists(directory.resolve("home"))) {
            if (dropIn) {
                work.prepare(stockHome(directory.resolve("home")));
                install(directory);
            } else {
                work.prepare(home(directory.resolve("home"), options.home()));
                useRepositories(directory.resolve("conf"));
            }
        }
        List<String> command = new ArrayList<>();
        Jdk jdk = options.jdk().feature() >= JAVA || !jakarta() ? options.jdk() : Jdk.newest();
        command.add(jdk.java().toString());
        command.addAll(options.jvm());
        for (Map.Entry<String, String> property : work.properties(ports).entrySet()) {
            command.add("-D" + property.getKey() + "=" + property.getValue());
        }
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        jar.toAbsolutePath().toString(),
                        libraries().toAbsolutePath() + "/*",
                        database().toString()),
                mainClass()));
        return command;
    }

    private Path libraries() {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".lib"));
    }

    /** The trial server's: the Derby that comes with James lets mail wait for seconds while others write. */
    private static Path database() throws IOException {
        return filesIn(JamesProcess.layout().resolve("lib")).stream()
                .filter(file -> file.getFileName().toString().matches("h2-.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no H2 in " + JamesProcess.layout()));
    }

    private String mainClass() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        }
    }

    /** James's own configuration; only addresses, passwords and protocols that are not tested are changed. */
    private Path stockHome(Path home) throws IOException {
        copyConfiguration(home);
        for (Path file : filesIn(home.resolve("conf"))) {
            String text = Files.readString(file);
            String local = text.replace("james72laBalle", "mailroom")
                    .replace("<plainAuthDisallowed>true<", "<plainAuthDisallowed>false<")
                    .replace("jdbc:derby:../var", "jdbc:derby:" + home.resolveSibling("var"))
                    .replace("<immediateFlush>false<", "<immediateFlush>true<")
                    .replace("<file>/logs/", "<file>${working.directory}/logs/")
                    .replace("<fileNamePattern>/logs/", "<fileNamePattern>${working.directory}/logs/");
            boolean jmap = file.endsWith("jmap.properties") && !local.contains("\njmap.port=");
            Files.writeString(file, jmap ? local + "\njmap.port=1080\n" : local);
        }
        Files.createDirectories(home.resolve("extensions-jars"));
        return home;
    }

    /** Does what an administrator does: runs the install command. */
    private void install(Path directory) throws IOException {
        List<String> said = new ArrayList<>();
        int status = InstallCommand.run(installArguments(directory), said::add);
        if (status != 0) {
            throw new IOException("the install command ended with " + status + ": " + String.join("\n", said));
        }
    }

    /** The arguments of the install command for a James that works there. */
    List<String> installArguments(Path directory) throws IOException {
        return List.of(
                directory.toString(),
                "--james",
                jakarta() ? "3.9" : "3.8",
                "--jars",
                mailroomJars().toString(),
                "--conf",
                JamesProcess.layout().resolve("conf").toString());
    }

    private Path mailroomJars() throws IOException {
        return jakarta()
                ? Path.of(System.getProperty("mailroom.james39-jars"))
                : JamesProcess.layout().resolve("extensions-jars");
    }

    private Path copyConfiguration(Path home) throws IOException {
        Path copies = Files.createDirectories(home.resolve("conf"));
        for (Path file : filesIn(conf)) {
            Path copy = copies.resolve(file.getFileName());
            if (file.toString().matches(".*/((pop3|lmtp|managesieve)server\\.xml|jmx\\.properties)")) {
                Files.writeString(copy, ENABLED.matcher(Files.readString(file)).replaceAll("$1false"));
            } else {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copies;
    }

    /** What the working directory is made of: James's sample configuration with Mailroom's over it, and Mailroom's JARs. */
    private Path home(Path home, Path mailroom) throws IOException {
        Path conf = copyConfiguration(home);
        Path jmap = conf.resolve("jmap.properties");
        if (Files.exists(jmap)) {
            Files.writeString(jmap, ENABLED.matcher(Files.readString(jmap)).replaceAll("$1false"));
        }
        Files.writeString(
                conf.resolve("james-database.properties"),
                """
                database.driverClassName=org.h2.Driver
                database.url=jdbc:h2:file:%s;MODE=LEGACY;NON_KEYWORDS=VALUE;LOCK_TIMEOUT=30000;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;WRITE_DELAY=0
                database.username=app
                database.password=app
                datasource.maxTotal=100
                """
                        .formatted(home.resolveSibling("var").resolve("h2")));
        for (Path file : filesIn(mailroom.resolve("conf"))) {
            Files.copy(file, conf.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Path jars = Files.createDirectories(home.resolve("extensions-jars"));
        for (Path file : filesIn(mailroomJars())) {
            Files.copy(file, jars.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return home;
    }

    /** Not every James keeps mail repositories in its database: uses those that its own configuration has. */
    private static void useRepositories(Path conf) throws IOException {
        String protocol = PROTOCOL.matcher(Files.readString(conf.resolve("mailrepositorystore.xml")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("file");
        Path mailets = conf.resolve("mailetcontainer.xml");
        Files.writeString(mailets, Files.readString(mailets).replace("jpa://", protocol + "://"));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Whether James has said for the nth time that it is there. */
    static boolean started(String log, int times) {
        return count(log, "JAMES server started") >= times;
    }

    /** Whether, after its nth start, James has said that it has stopped. */
    static boolean stopped(String log, int times) {
        int start = log.lastIndexOf("JAMES server started");
        return count(log, "JAMES server started") == times && log.indexOf("JAMES server stopped", start) > start;
    }

    private static long count(String log, String words) {
        return Pattern.compile(words, Pattern.LITERAL).matcher(log).results().count();
    }

    /** What the trial server brings with it: the domain, both users, their inboxes and the shared mailbox. */
    void addUsers(Ports ports) throws IOException {
        put(ports, "/domains/" + Trial.DOMAIN, "");
        for (String user : List.of(Trial.ALICE, Trial.BOB)) {
            put(ports, "/users/" + user, "{\"password\":\"" + Trial.PASSWORD + "\"}");
            put(ports, "/users/" + user + "/mailboxes/INBOX", "");
        }
        put(ports, "/users/" + Trial.BOB + "/mailboxes/" + Trial.SHARED, "");
        put(ports, "/users/" + Trial.BOB + "/authorizedUsers/" + Trial.ALICE, "");
    }

    /** Repeatable: what is there already is told by a 409, what this James cannot do by a 404, 405 or 501. */
    private static void put(Ports ports, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.webadmin() + path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300 && !List.of(404, 405, 409, 501).contains(response.statusCode())) {
                throw new IOException("PUT " + path + ": " + response.statusCode() + " " + response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
