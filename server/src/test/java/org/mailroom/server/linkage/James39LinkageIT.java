/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.linkage;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailroom.server.linkage.ClassFile.Member;
import org.mailroom.server.linkage.Linkage.Outcome;
import org.mailroom.server.linkage.Requirement.Names;

/**
 * The JARs for James 3.9 against James 3.9.0.
 *
 * <p>Maven Central has the APIs of 3.9.0, but neither its IMAP nor its webadmin. What Mailroom needs of those stands in
 * {@code james-3.9.0.txt}, each line compared by a person with the sources of 3.9.0. A run writes that list as it ought to
 * be to {@code target/linkage/james-3.9.0.txt}; where the system property {@code mailroom.james.home} names an installed
 * James 3.9.0, it looks signatures up there and holds list and JARs against the whole server as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class James39LinkageIT {
    private static final Path LAYOUT = Path.of(System.getProperty("mailroom.layout"));
    private static final Path API = Path.of(System.getProperty("mailroom.james39-api"));
    private static final Path JARS = Path.of(System.getProperty("mailroom.james39-jars"));
    private static final Path LISTED = Path.of(System.getProperty("mailroom.linkage"));

    private static final String API_OF_39 = "apache-james-mailbox-api-3.9.0.jar";

    private Map<String, ClassFile> own;
    private Set<Requirement> requirements;

    @BeforeAll
    void readJars() throws IOException {
        own = own(JARS);
        List<Path> james38 =
                join(ClassFiles.in(LAYOUT.resolve("extensions-jars")), ClassFiles.in(LAYOUT.resolve("lib")));
        try (ClassFiles compiledAgainst = new ClassFiles(james38)) {
            requirements = new LinkedHashSet<>(Requirements.of(own, compiledAgainst, James39LinkageIT::before39));
        }
        requirements.addAll(byName());
    }

    @Test
    void everythingThatTheJarsReferToShouldBeInJames39() throws IOException {
        Optional<Path> server = server();
        Outcome outcome = check(API, declarations(), server);
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
        if (server.isPresent()) {
            // nothing is left to be believed
            Outcome whole = check(server.get(), List.of(), Optional.empty());
            assertThat(whole.problems())
                    .as("against the JARs in %s", server.get())
                    .isEmpty();
        }
    }

    @Test
    void aLineThatIsMissingOrNotNeededOrDoesNotFitShouldBeReported() throws IOException {
        List<Declaration> lines = new ArrayList<>(declarations());
        Declaration missing = lines.remove(lines.indexOf(Declaration.parse(
                "org.apache.james.imap.api.process.SelectedMailbox#existsCount: public abstract long existsCount()")));
        Declaration changed = lines.remove(lines.indexOf(
                Declaration.parse("org.apache.james.imap.api.Tag#asString: public java.lang.String asString()")));
        lines.add(Declaration.parse("org.apache.james.imap.api.Tag#asString: private java.lang.String asString()"));
        Declaration unused = Declaration.parse("org.apache.james.imap.api.Tag#length: public int length()");
        lines.add(unused);
        List<String> problems = check(API, lines, Optional.empty()).problems();
        assertThat(problems)
                .anyMatch(problem -> problem.contains("not listed: " + missing.owner() + "#existsCount"))
                .anyMatch(problem ->
                        problem.contains(changed.owner() + "#asString: private") && problem.contains("may not be used"))
                .contains("listed, but nothing needs it: " + unused);
    }

    @Test
    void jarsForJames38ShouldNotFit() throws IOException {
        Path jars = LAYOUT.resolve("extensions-jars");
        Map<String, ClassFile> plugin = own(jars);
        Set<Requirement> needs;
        List<Path> james38 = join(ClassFiles.in(jars), ClassFiles.in(LAYOUT.resolve("lib")));
        try (ClassFiles compiledAgainst = new ClassFiles(james38);
                ClassFiles james39 = new ClassFiles(join(ClassFiles.in(jars), ClassFiles.in(API)))) {
            needs = Requirements.of(plugin, compiledAgainst, name -> name);
            assertThat(Linkage.check(plugin, needs, james39, declarations(), Optional.empty())
                            .problems())
                    .anyMatch(problem -> problem.contains("javax.inject.Inject"))
                    .anyMatch(problem -> problem.contains("javax.mail.Flags"));
        }
    }

    private Outcome check(Path jars, List<Declaration> reviewed, Optional<Path> source) throws IOException {
        try (ClassFiles world = new ClassFiles(join(ClassFiles.in(JARS), ClassFiles.in(jars)));
                ClassFiles server = new ClassFiles(source.isPresent() ? ClassFiles.in(source.get()) : List.of())) {
            return Linkage.check(own, requirements, world, reviewed, source.map(path -> server));
        }
    }

    private static Map<String, ClassFile> own(Path directory) throws IOException {
        List<Path> jars = ClassFiles.in(directory);
        assertThat(jars).as("mailbox-plugin and mailets").hasSize(2);
        Map<String, ClassFile> classes = new LinkedHashMap<>();
        for (Path jar : jars) {
            // what is inside of libraries was relocated, and does not know of James
            classes.putAll(ClassFiles.of(jar, name -> !name.contains("/shaded/")));
        }
        return classes;
    }

    /** The libraries of the James that is given to run tests against, where it is of 3.9. */
    private static Optional<Path> server() throws IOException {
        Path home = Path.of(System.getProperty("mailroom.james.home", ""));
        if (home.toString().isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> libraries =
                Files.find(home, 2, (path, attributes) -> path.endsWith(API_OF_39), FOLLOW_LINKS)) {
            return libraries.findFirst().map(Path::getParent);
        }
    }

    /** What classes of Mailroom reach by reflection: no class file says so. */
    private static Set<Requirement> byName() {
        String parser = "org/apache/james/mailbox/store/mail/model/impl/MessageParser";
        String attachments = "org/mailroom/mailbox/james/AttachmentParser";
        String netty = "org/mailroom/mailbox/james/NettyConnection";
        String commands = "org/apache/james/imapserver/netty/ImapChannelUpstreamHandler$ImapLinerarizer";
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
                        "org/apache/james/imapserver/netty/AbstractNettyImapRequestLineReader",
                        new Member("retry", "Z")),
                new Names(
                        netty,
                        "org/apache/james/imapserver/netty/NettyImapRequestLineReader",
                        new Member("buffer", "Lio/netty/buffer/ByteBuf;")),
                new Names(
                        netty,
                        "org/apache/james/imapserver/netty/ImapRequestFrameDecoder",
                        new Member("pending", "Ljava/util/ArrayList;")),
                new Names(
                        netty,
                        commands,
                        new Member("isExecutingRequest", "Ljava/util/concurrent/atomic/AtomicBoolean;")),
                new Names(netty, commands, new Member("throttled", "Ljava/util/concurrent/ConcurrentLinkedQueue;")),
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
