/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.server.trial.Trial;

/**
 * James's classes as the JVM keeps them (class data sharing, JEP 350), for the servers of all tests: with it a start takes
 * half of the processor time. One server makes the archive, the first time that one is asked for after a build; the JVM
 * passes over an archive that does not fit its class path.
 */
final class ClassDataArchive {
    private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off");

    private ClassDataArchive() {}

    /** What to add to {@code options}, which are JVM options of a server that {@code jdk} runs. */
    static List<String> options(Jdk jdk, List<String> options) {
        if (!jdk.equals(Jdk.current()) || !options.equals(JamesProcess.QUICK_TO_START)) {
            return List.of();
        }
        List<String> added = new ArrayList<>(QUIET);
        added.add("-XX:SharedArchiveFile=" + made());
        return added;
    }

    /** Test classes run in several processes: one of them makes the archive, the others wait for it. */
    private static synchronized Path made() {
        Path target = JamesProcess.layout().toAbsolutePath().getParent();
        Path archive = target.resolve("classes-" + Jdk.current().feature() + ".jsa");
        try (FileChannel channel =
                FileChannel.open(target.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // until the channel is closed
            channel.lock();
            if (!isFresh(archive)) {
                make(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFresh(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(archive);
        try (Stream<Path> jars = Files.list(JamesProcess.layout().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void make(Path archive) throws IOException {
        Path directory = Files.createTempDirectory("mailroom-classes");
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
        List<String> options = new ArrayList<>(JamesProcess.QUICK_TO_START);
        options.addAll(QUIET);
        options.add("-XX:ArchiveClassesAtExit=" + unfinished);
        try (JamesProcess james =
                JamesProcess.in(directory).jvm(options.toArray(String[]::new)).start()) {
            try (ImapConnection imap = james.imap(Trial.ALICE).select("INBOX")) {
                imap.uidSearch("TEXT anything");
            }
            james.stop();
        }
        Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
