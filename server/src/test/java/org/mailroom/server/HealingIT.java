/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** Whatever befalls the server or the index, searches answer by the mail that is there. */
class HealingIT {
    private static final int KILLS = RandomRun.rounds(3, 40);
    private static final List<String> WORDS = List.of("numbat", "dugong", "echidna", "galah", "brolga");
    private static final List<String> KEYWORDS = List.of("Red", "Green", "Blue");

    @TempDir
    Path directory;

    @Test
    void killedAtRandomMomentsOfAWriteLoadEverySearchShouldStillBeRight() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        try (JamesProcess james = JamesProcess.in(directory.resolve("james")).start()) {
            for (int round = 0; round < KILLS; round++) {
                CompletableFuture<Void> ready = new CompletableFuture<>();
                int changes = 5 + random.nextInt(60);
                long writerSeed = random.nextLong();
                CompletableFuture<Void> writer =
                        CompletableFuture.runAsync(() -> write(james, new Random(writerSeed), changes, 10_000, ready));
                ready.get(2, TimeUnit.MINUTES);
                james.kill();
                writer.get(2, TimeUnit.MINUTES);
                james.start();
                assertRight(james, "after kill " + round + ", seed " + seed);
            }
        }
    }

    @Test
    void damagedDeletedAndOutdatedIndexesShouldHeal() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        Path index = directory.resolve("james").resolve("var").resolve("search-index");
        try (JamesProcess james = JamesProcess.in(directory.resolve("james")).start()) {
            write(james, random, 60);
            assertRight(james, "at first");
            james.stop();
            Path old = directory.resolve("old");
            copy(index, old);
            for (String damage : List.of("overwritten", "truncated", "deleted", "restored")) {
                switch (damage) {
                    case "overwritten" -> overwrite(index, random);
                    case "truncated" -> truncate(index, random);
                    case "deleted" -> delete(index);
                    default -> {
                        delete(index);
                        copy(old, index);
                    }
                }
                james.start();
                assertRight(james, damage + ", seed " + seed);
                write(james, random, 30);
                assertRight(james, damage + " and written to, seed " + seed);
                james.stop();
            }
            james.start();
            assertRight(james, "before its files are touched");
            for (String damage : List.of("overwritten", "deleted")) {
                switch (damage) {
                    case "overwritten" -> overwrite(index, random);
                    default -> delete(index);
                }
                assertRight(james, damage + " under a running server, seed " + seed);
                write(james, random, 10);
                assertRight(james, damage + " under a running server and written to, seed " + seed);
            }
        }
    }

    @Test
    void aMemoryStoreThatForgetsItsMailShouldNotBeTakenForTheOldOne() throws Exception {
        try (JamesProcess james =
                JamesProcess.in(directory.resolve("james")).memory().start()) {
            for (int round = 0; round < RandomRun.rounds(2, 3); round++) {
                write(james, new Random(round), 20 + 10 * round);
                assertRight(james, "round " + round);
                james.stop();
                james.start();
                assertRight(james, "forgotten, round " + round);
            }
        }
    }

    /** Makes changes, and says when the first of them are acknowledged; the server may be killed from then on. */
    private static void write(JamesProcess james, Random random, int first, int then, CompletableFuture<Void> ready) {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("INBOX");
            for (int change = 0; change < first + then; change++) {
                if (change == first) {
                    ready.complete(null);
                }
                one(imap, random);
            }
        } catch (IOException e) {
            if (!ready.isDone()) {
                ready.completeExceptionally(e);
            }
        }
    }

    private static void write(JamesProcess james, Random random, int changes) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        write(james, random, changes, 1, ready);
        ready.join();
    }

    private static void one(ImapConnection imap, Random random) throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> imap.command("STORE " + (1 + random.nextInt(3)) + " +FLAGS (" + any(KEYWORDS, random) + ")");
            case 1 -> imap.command("STORE 1:* -FLAGS (" + any(KEYWORDS, random) + ")");
            case 2 -> {
                imap.command("STORE " + (1 + random.nextInt(5)) + " +FLAGS.SILENT (\\Deleted)");
                imap.command("EXPUNGE");
            }
            default -> {
                String body = any(WORDS, random) + " " + any(WORDS, random) + " " + random.nextInt(100);
                imap.append(
                                "INBOX",
                                ("Subject: " + any(WORDS, random) + "\r\n\r\n" + body + "\r\n")
                                        .getBytes(StandardCharsets.US_ASCII),
                                any(KEYWORDS, random))
                        .orFail();
            }
        }
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** A message as FETCH tells of it. */
    private record Fetched(String flags, String text) {}

    /** Compares searches with what the client sees when it reads all mail itself. */
    private static void assertRight(JamesProcess james, String when) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("INBOX");
            Map<Long, Fetched> mail = fetch(imap);
            assertThat(imap.uidSearch("ALL")).as("ALL %s", when).containsExactlyElementsOf(mail.keySet());
            for (String keyword : KEYWORDS) {
                assertThat(imap.uidSearch("KEYWORD " + keyword))
                        .as("KEYWORD %s %s", keyword, when)
                        .containsExactlyElementsOf(
                                where(mail, fetched -> fetched.flags().contains(keyword)));
            }
            for (String word : WORDS) {
                String piece = word.substring(1, 4);
                assertThat(imap.uidSearch("TEXT " + piece))
                        .as("TEXT %s %s", piece, when)
                        .containsExactlyElementsOf(
                                where(mail, fetched -> fetched.text().contains(piece)));
            }
        }
    }

    private static List<Long> where(Map<Long, Fetched> mail, Predicate<Fetched> holds) {
        return mail.entrySet().stream()
                .filter(message -> holds.test(message.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Long, Fetched> fetch(ImapConnection imap) throws IOException {
        Map<Long, Fetched> mail = new TreeMap<>();
        if (imap.command("STATUS INBOX (MESSAGES)")
                .orFail()
                .named("STATUS")
                .get(0)
                .contains("MESSAGES 0)")) {
            // James has no range for an empty mailbox
            return mail;
        }
        for (String line :
                imap.command("UID FETCH 1:* (UID FLAGS BODY.PEEK[])").orFail().named("")) {
            if (line.contains(" FETCH ")) {
                String uid = line.replaceAll("(?s).*UID (\\d+).*", "$1");
                String flags = line.replaceAll("(?s).*FLAGS \\(([^)]*)\\).*", "$1");
                mail.put(Long.valueOf(uid), new Fetched(flags, line.replaceAll("(?s)^.*?\\}\r\n", "")));
            }
        }
        return mail;
    }

    private static List<Path> files(Path index) throws IOException {
        try (Stream<Path> files = Files.walk(index)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void overwrite(Path index, Random random) throws IOException {
        for (Path file : files(index)) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                if (raw.length() > 40) {
                    raw.seek(random.nextInt((int) raw.length() - 16));
                    byte[] junk = new byte[16];
                    random.nextBytes(junk);
                    raw.write(junk);
                }
            }
        }
    }

    private static void truncate(Path index, Random random) throws IOException {
        for (Path file : files(index)) {
            if (random.nextBoolean()) {
                byte[] octets = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(octets, octets.length / 2));
            }
        }
    }

    private static void delete(Path index) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(index)) {
            walk.forEach(all::add);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
