/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.search.BodyTerm;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** Whatever one session was told is done, the very next search of any other session sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeenByNextSearchIT {
    private static final int ROUNDS = RandomRun.rounds(250, 2_000);

    private JamesProcess james;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
        james = JamesProcess.in(directory).start();
    }

    @AfterAll
    void stop() {
        james.close();
    }

    @Test
    void changesUnderConcurrentWritersShouldEachBeSeen() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try (ImapConnection changer = james.imap(Trial.ALICE);
                ImapConnection searcher = james.imap(Trial.ALICE)) {
            changer.command("CREATE Busy").orFail();
            changer.command("CREATE Elsewhere").orFail();
            List<Future<Integer>> written = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                int number = writer;
                written.add(writers.submit(() -> disturb(number, over)));
            }
            changer.select("Busy");
            searcher.select("Busy");
            Map<Change, Integer> changes = new EnumMap<>(Change.class);
            for (int round = 0; round < ROUNDS; round++) {
                Change change = Change.values()[random.nextInt(Change.values().length)];
                change(change, round, changer, searcher);
                changes.merge(change, 1, Integer::sum);
            }
            System.out.println("SeenByNextSearchIT: each after an APPEND: " + changes);
            over.set(true);
            for (Future<Integer> writer : written) {
                assertThat(writer.get(2, TimeUnit.MINUTES)).isPositive();
            }
            assertThat(james.logged()).doesNotContain("The store cannot give message");
        } finally {
            over.set(true);
            writers.shutdown();
        }
    }

    private enum Change {
        STORE,
        EXPUNGE,
        COPY,
        MOVE,
        DELIVER,
        RENAME,
        DELETE
    }

    /** Another client that adds, flags and removes messages in the same mailbox all the time. */
    private int disturb(int number, AtomicBoolean over) throws IOException {
        int changes = 0;
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("Busy");
            while (!over.get()) {
                long uid = append(imap, "Busy", "noise of writer " + number + " number " + changes);
                imap.command("UID STORE " + uid + " +FLAGS (\\Flagged)").orFail();
                imap.command("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)").orFail();
                imap.command("UID EXPUNGE " + uid).orFail();
                changes++;
            }
        }
        return changes;
    }

    private void change(Change change, int round, ImapConnection changer, ImapConnection searcher) throws Exception {
        String word = "quokka" + round + "x";
        String keys = "BODY " + word;
        String description = change + ", round " + round;
        long uid = append(changer, "Busy", "a " + word + " in the grass");
        assertThat(searcher.uidSearch(keys)).as("APPEND before %s", description).containsExactly(uid);
        switch (change) {
            case STORE -> {
                changer.command("UID STORE " + uid + " +FLAGS (Round" + round + ")")
                        .orFail();
                assertThat(searcher.uidSearch("KEYWORD round" + round))
                        .as(description)
                        .containsExactly(uid);
            }
            case EXPUNGE -> {
                changer.command("UID STORE " + uid + " +FLAGS (\\Deleted)").orFail();
                changer.command("UID EXPUNGE " + uid).orFail();
                assertThat(searcher.uidSearch(keys)).as(description).isEmpty();
            }
            case COPY -> {
                changer.command("UID COPY " + uid + " Elsewhere").orFail();
                assertThat(searchIn("Elsewhere", keys)).as(description).hasSize(1);
                assertThat(searcher.uidSearch(keys)).as(description).containsExactly(uid);
            }
            case MOVE -> {
                changer.command("UID MOVE " + uid + " Elsewhere").orFail();
                assertThat(searcher.uidSearch(keys)).as(description).isEmpty();
                assertThat(searchIn("Elsewhere", keys)).as(description).hasSize(1);
            }
            case DELIVER -> {
                int before = exists(changer.command("STATUS INBOX (MESSAGES)"));
                deliver(word);
                Awaitility.await("delivered")
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> exists(changer.command("STATUS INBOX (MESSAGES)")) > before);
                assertThat(searchIn("INBOX", "SUBJECT delivery " + keys))
                        .as(description)
                        .hasSize(1);
            }
            case RENAME -> {
                changer.command("CREATE Before" + round).orFail();
                append(changer, "Before" + round, word);
                changer.command("RENAME Before" + round + " After" + round).orFail();
                assertThat(searchIn("After" + round, keys)).as(description).hasSize(1);
            }
            case DELETE -> {
                changer.command("CREATE Gone").orFail();
                append(changer, "Gone", word);
                assertThat(searchIn("Gone", keys)).as(description).hasSize(1);
                changer.command("DELETE Gone").orFail();
                changer.command("CREATE Gone").orFail();
                assertThat(searchIn("Gone", "ALL")).as(description).isEmpty();
                changer.command("DELETE Gone").orFail();
            }
        }
    }

    private List<Long> searchIn(String mailbox, String keys) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            return imap.select(mailbox).uidSearch(keys);
        }
    }

    private void deliver(String word) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(Trial.BOB));
        message.setSubject("delivery");
        message.setText(word);
        message.saveChanges();
        james.send(message, Trial.ALICE);
    }

    private static int exists(ImapReply status) {
        return Integer.parseInt(status.orFail().named("STATUS").get(0).replaceAll(".*MESSAGES (\\d+).*", "$1"));
    }

    @Test
    void renamedAndDeletedMailboxesShouldBeSearchedUnderTheirNewNamesOnly() throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE);
                ImapConnection other = james.imap(Trial.ALICE)) {
            imap.command("CREATE Before").orFail();
            append(imap, "Before", "a bandicoot");
            assertThat(other.select("Before").uidSearch("BODY bandicoot")).hasSize(1);
            other.command("UNSELECT").orFail();
            imap.command("RENAME Before After").orFail();
            assertThat(other.select("After").uidSearch("BODY bandicoot")).hasSize(1);
            append(imap, "After", "a second bandicoot");
            assertThat(other.uidSearch("BODY bandicoot")).hasSize(2);
            other.command("UNSELECT").orFail();
            imap.command("DELETE After").orFail();
            imap.command("CREATE After").orFail();
            assertThat(other.select("After").uidSearch("ALL")).isEmpty();
            append(imap, "After", "a third bandicoot");
            assertThat(other.uidSearch("BODY bandicoot")).hasSize(1);
        }
    }

    @Test
    void jakartaMailShouldFindWhatItAppended() throws Exception {
        try (Store store = james.mail(Trial.ALICE)) {
            Folder folder = store.getFolder("WithJakartaMail");
            folder.create(Folder.HOLDS_MESSAGES);
            folder.open(Folder.READ_WRITE);
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            message.setSubject("gr\u00fc\u00dfe", "UTF-8");
            message.setText("Stra\u00dfenb\u00e4ckerei", "UTF-8");
            folder.appendMessages(new Message[] {message});
            assertThat(folder.search(new BodyTerm("\u00dfenb\u00e4ck"))).hasSize(1);
            assertThat(folder.search(new BodyTerm("nirgends"))).isEmpty();
            folder.close(false);
        }
    }

    private static long append(ImapConnection imap, String mailbox, String body) throws IOException {
        byte[] message = ("Subject: test\r\n\r\n" + body + "\r\n").getBytes(StandardCharsets.UTF_8);
        String status = imap.append(mailbox, message, "").orFail().status();
        return Long.parseLong(status.replaceAll(".*APPENDUID \\d+ (\\d+)].*", "$1"));
    }
}
