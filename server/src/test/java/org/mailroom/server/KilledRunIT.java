/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** Folder rules over stored mail, in a James that is killed in the midst of it: through webadmin and IMAP. */
class KilledRunIT {
    private static final String STORED = "stored";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String RULES =
            """
            <folder-rules>
              <rule name="invoices" on="demand">
                <folder>stored</folder>
                <when>SUBJECT invoice</when>
                <actions><addFlag>$Filed</addFlag><fileInto create="true">Bills/All</fileInto></actions>
              </rule>
              <rule name="offers" on="demand">
                <folder>stored</folder>
                <when>SUBJECT offer</when>
                <actions><addFlag>\\Flagged</addFlag><copyInto create="true">Offers</copyInto></actions>
              </rule>
            </folder-rules>
            """;

    private static final String JOURNALS = "var/mailroom/rules";

    @TempDir
    Path directory;

    /** How large a journal becomes, as far as that is known. */
    private long sizeOfWhole = 20_000;

    @Test
    void aRunThatIsKilledShouldBeBroughtToItsEndAndUndone() throws Exception {
        killAndCompare(900, RandomRun.rounds(1, 6));
    }

    @Test
    @Tag("large")
    void aRunOverTwentyThousandMessagesThatIsKilledShouldBeBroughtToItsEndAndUndone() throws Exception {
        killAndCompare(20_000, 10);
    }

    private void killAndCompare(int messages, int rounds) throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        Path james = directory.resolve("james");
        Files.createDirectories(james.resolve("conf"));
        Files.writeString(james.resolve("conf").resolve("folder-rules.xml"), RULES);
        try (JamesProcess server = JamesProcess.in(james).start()) {
            store(server, messages);
            Webadmin webadmin = new Webadmin(server.ports().webadmin());
            Map<String, List<String>> start = mail(server);
            assertThat(start.get(STORED)).hasSize(messages);
            for (int round = 0; round < rounds; round++) {
                String when = "round " + round + ", seed " + seed;
                String plan = webadmin.post("/folderRules/plans", "{\"users\":[\"" + Trial.ALICE + "\"]}")
                        .text("id");
                webadmin.post("/folderRules/plans/" + plan + "?action=apply", "");
                killIn(plan, server, webadmin, random);
                assertRight(mail(server), start, when);

                webadmin.post("/folderRules/runs/" + plan + "?action=undo", "");
                killIn(plan + "-undo1", server, webadmin, random);
                assertThat(mail(server)).as("undone, " + when).isEqualTo(start);
                System.out.printf(
                        "round %d of %d: killed in the run and in undoing it, and right%n", round + 1, rounds);
            }
        }
    }

    /** Kills it when the run's journal has come to any size that it comes to. */
    private void killIn(String run, JamesProcess server, Webadmin webadmin, Random random) {
        Path journal = server.directory().resolve(JOURNALS).resolve(run + ".journal");
        long size = (long) (random.nextDouble() * sizeOfWhole);
        Awaitility.await("run " + run + " has written " + size + " octets")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> journal.toFile().length() >= size || isCompleted(webadmin, run));
        server.kill();
        server.start();
        awaitEnd(webadmin, run);
        sizeOfWhole = journal.toFile().length();
    }

    private static void awaitEnd(Webadmin webadmin, String run) {
        Awaitility.await("run " + run + " ends")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> isCompleted(webadmin, run));
    }

    private static boolean isCompleted(Webadmin webadmin, String run) throws Exception {
        return webadmin.get("/folderRules/runs/" + run).text("state").equals("COMPLETED");
    }

    private static void store(JamesProcess server, int messages) throws IOException {
        List<String> subjects = List.of("letter", "invoice", "offer");
        try (ImapConnection imap = server.imap(Trial.ALICE)) {
            imap.command("CREATE " + STORED).orFail();
            for (int i = 0; i < messages; i++) {
                String message = "From: sender@example.org\r\nTo: alice@localhost\r\nMessage-ID: <" + i
                        + "@example.org>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nSubject: " + subjects.get(i % 3)
                        + " " + i + "\r\n\r\nBody of message " + i + ".\r\n";
                imap.append(STORED, message.getBytes(StandardCharsets.US_ASCII), "")
                        .orFail();
            }
        }
    }

    private static void assertRight(Map<String, List<String>> mail, Map<String, List<String>> start, String when) {
        Map<String, List<String>> right = new TreeMap<>();
        for (String message : start.get(STORED)) {
            String subject = message.substring(0, message.indexOf(' '));
            switch (subject) {
                case "invoice" -> add(right, "Bills.All", message.replace("[]", "[$filed]"));
                case "offer" -> {
                    add(right, STORED, message.replace("[]", "[\\flagged]"));
                    add(right, "Offers", message.replace("[]", "[\\flagged]"));
                }
                default -> add(right, STORED, message);
            }
        }
        assertThat(mail).as(when).isEqualTo(right);
    }

    private static void add(Map<String, List<String>> mail, String mailbox, String message) {
        mail.computeIfAbsent(mailbox, name -> new ArrayList<>()).add(message);
    }

    private static final Pattern SUBJECT = Pattern.compile("(?im)^Subject: (.*?)\\s*$");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

    /** Subject and flags of every message, by mailbox, sorted; mailboxes without mail are left out. */
    private static Map<String, List<String>> mail(JamesProcess server) throws IOException {
        Map<String, List<String>> mail = new TreeMap<>();
        try (ImapConnection imap = server.imap(Trial.ALICE)) {
            for (String mailbox : List.of(STORED, "Bills.All", "Offers", "Trash")) {
                if (!imap.command("EXAMINE " + mailbox).ok()
                        || imap.uidSearch("ALL").isEmpty()) {
                    continue;
                }
                List<String> messages = new ArrayList<>();
                for (String line : imap.command("UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
                        .orFail()
                        .untagged()) {
                    Matcher subject = SUBJECT.matcher(line);
                    Matcher flags = FLAGS.matcher(line);
                    if (subject.find() && flags.find()) {
                        messages.add(subject.group(1) + " [" + withoutRecent(flags.group(1)) + "]");
                    }
                }
                messages.sort(null);
                if (!messages.isEmpty()) {
                    mail.put(mailbox, messages);
                }
            }
        }
        return mail;
    }

    private static String withoutRecent(String flags) {
        return flags.toLowerCase(Locale.ROOT).replace("\\recent", "").strip();
    }
}
