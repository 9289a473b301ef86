/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.server.linkage.ClassFile.Member;
import org.mailroom.server.linkage.Linkage.Outcome;
import org.mailroom.server.linkage.Requirement.Names;

/**
 * The JARs for James 3.9 against James 3.9.0.
 *
 * <p>Maven Central has the APIs of 3.9.0, but neither its IMAP nor its webadmin. What Mailroom needs of those stands in
 * {@code james-3.9.0.txt}, each line compared by a person with the sources of 3.9.0. A run writes that list as it ought to
 * be to {@code target/linkage/james-3.9.0.txt}; where the system property {@code mailroom.james39} names a directory with
 * all JARs of a 3.9.0 server, it looks signatures up there and holds list and JARs against them as well.
 */
class James39LinkageIT {
    private static final Path LAYOUT = Path.of(System.getProperty("mailroom.layout"));
    private static final Path API = Path.of(System.getProperty("mailroom.james39-api"));
    private static final Path LISTED = Path.of(System.getProperty("mailroom.linkage"));
    private static final Optional<Path> SERVER = Optional.ofNullable(System.getProperty("mailroom.james39"))
            .filter(path -> !path.isEmpty())
            .map(Path::of);

    @Test
    void everythingThatTheJarsReferToShouldBeInJames39() throws IOException {
        Outcome outcome = check(API, declarations(), SERVER);
        Path list = Files.createDirectories(LAYOUT.resolveSibling("linkage")).resolve(LISTED.getFileName());
        Files.write(
                list,
                Stream.concat(comments().stream(), outcome.declarations().stream())
                        .toList());
        assertThat(outcome.problems())
                .as("against the JARs in %s and the list %s; the list as it ought to be is %s", API, LISTED, list)
                .isEmpty();
        assertThat(outcome.declarations())
                .as("%s, in order", LISTED)
                .containsExactlyElementsOf(
                        declarations().stream().map(Declaration::toString).toList());
        if (SERVER.isPresent()) {
            checkServer(SERVER.get());
        }
    }

    /** The same of a whole server, where one is given: nothing is left to be believed then. */
    private static void checkServer(Path server) throws IOException {
        Outcome outcome = check(server, List.of(), Optional.empty());
        assertThat(outcome.problems()).as("against the JARs in %s", server).isEmpty();
    }

    private static Outcome check(Path jars, List<Declaration> reviewed, Optional<Path> source) throws IOException {
        List<Path> plugin38 = ClassFiles.in(LAYOUT.resolve("extensions-jars"));
        List<Path> plugin39 = ClassFiles.in(Path.of(System.getProperty("mailroom.james39-jars")));
        assertThat(plugin39).hasSameSizeAs(plugin38).hasSize(2);
        Map<String, ClassFile> own = new LinkedHashMap<>();
        for (Path jar : plugin39) {
            // the Lucene inside was relocated, and needs nothing but itself and the JDK
            own.putAll(ClassFiles.of(jar, name -> !name.startsWith("org/mailroom/shaded/")));
        }
        try (ClassFiles james38 = new ClassFiles(join(plugin38, ClassFiles.in(LAYOUT.resolve("lib"))));
                ClassFiles james39 = new ClassFiles(join(plugin39, ClassFiles.in(jars)));
                ClassFiles server = new ClassFiles(source.isPresent() ? ClassFiles.in(source.get()) : List.of())) {
            Set<Requirement> requirements =
                    new LinkedHashSet<>(Requirements.of(own, james38, James39LinkageIT::before39));
            requirements.addAll(byName());
            return Linkage.check(own, requirements, james39, reviewed, source.map(path -> server));
        }
    }

    /** What classes of Mailroom reach by reflection: no class file says so. */
    private static Set<Requirement> byName() {
        String parser = "org/apache/james/mailbox/store/mail/model/impl/MessageParser";
        String attachments = "org/mailroom/mailbox/james/AttachmentParser";
        String netty = "org/mailroom/mailbox/imap/NettyConnection";
        return Set.of(
                new Names(attachments, parser + "Impl", new Member("<init>", "()V")),
                new Names(
                        attachments,
                        parser,
                        new Member("retrieveAttachments", "(Ljava/io/InputStream;)L" + parser + "$ParsingResult;")),
                new Names(
                        netty,
                        "org/apache/james/imapserver/netty/AbstractNettyImapRequestLineReader",
                        new Member("channel", "Lio/netty/channel/Channel;")),
                new Names(
                        netty,
                        "org/apache/james/imap/decode/ImapRequestLineReader",
                        new Member("commandContinuationRequest", "()V")));
    }

    private static String before39(String name) {
        return name.replace("jakarta/mail/", "javax/mail/")
                .replace("jakarta/inject/", "javax/inject/")
                .replace("jakarta/annotation/", "javax/annotation/");
    }

    private static List<Declaration> declarations() throws IOException {
        try (Stream<String> lines = Files.lines(LISTED)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(Declaration::parse)
                    .toList();
        }
    }

    private static List<String> comments() throws IOException {
        try (Stream<String> lines = Files.lines(LISTED)) {
            return lines.filter(line -> line.startsWith("#")).toList();
        }
    }

    private static List<Path> join(List<Path> first, List<Path> then) {
        List<Path> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
