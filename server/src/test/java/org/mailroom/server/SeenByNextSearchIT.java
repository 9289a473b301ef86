/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.Folder;
import javax.mail.Message;
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
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** Whatever one session was told is done, the very next search of any other session sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeenByNextSearchIT {
    private static final int ROUNDS = 1_000;

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
    void aThousandChangesUnderConcurrentWritersShouldEachBeSeen() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("SeenByNextSearchIT seed " + seed);
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
            for (int round = 0; round < ROUNDS; round++) {
                change(random, round, changer, searcher);
            }
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

    private void change(Random random, int round, ImapConnection changer, ImapConnection searcher) throws IOException {
        String word = "quokka" + round + "x";
        String keys = "BODY " + word;
        long uid = append(changer, "Busy", "a " + word + " in the grass");
        assertThat(searcher.uidSearch(keys)).as("appended, round %d", round).containsExactly(uid);
        switch (random.nextInt(4)) {
            case 0 -> {
                changer.command("UID STORE " + uid + " +FLAGS (Round" + round + ")")
                        .orFail();
                assertThat(searcher.uidSearch("KEYWORD round" + round))
                        .as("flagged, round %d", round)
                        .containsExactly(uid);
            }
            case 1 -> {
                changer.command("UID STORE " + uid + " +FLAGS (\\Deleted)").orFail();
                changer.command("UID EXPUNGE " + uid).orFail();
                assertThat(searcher.uidSearch(keys))
                        .as("expunged, round %d", round)
                        .isEmpty();
            }
            case 2 -> {
                changer.command("UID COPY " + uid + " Elsewhere").orFail();
                assertThat(elsewhere(keys)).as("copied, round %d", round).hasSize(1);
                assertThat(searcher.uidSearch(keys))
                        .as("copied, round %d", round)
                        .containsExactly(uid);
            }
            default -> {
                changer.command("UID MOVE " + uid + " Elsewhere").orFail();
                assertThat(searcher.uidSearch(keys))
                        .as("moved, round %d", round)
                        .isEmpty();
                assertThat(elsewhere(keys)).as("moved, round %d", round).hasSize(1);
            }
        }
    }

    private List<Long> elsewhere(String keys) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            return imap.select("Elsewhere").uidSearch(keys);
        }
    }

    @Test
    void mailDeliveredBySmtpShouldBeFoundAsSoonAsItIsThere() throws Exception {
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.select("INBOX");
            for (int round = 0; round < 20; round++) {
                MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
                message.setFrom(new InternetAddress(Trial.ALICE));
                message.setSubject("delivery " + round);
                message.setText("wallaby" + round + "x");
                message.saveChanges();
                james.send(message, Trial.BOB);
                int expected = round + 1;
                Awaitility.await("delivered").until(() -> exists(imap.command("STATUS INBOX (MESSAGES)")) == expected);
                assertThat(imap.uidSearch("SUBJECT delivery BODY wallaby" + round + "x"))
                        .hasSize(1);
            }
        }
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
