/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ContextMirror;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** Clients that mirror a result by what they are told of it (RFC 5267) have what a fresh search finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveContextsIT {
    private static final Duration WRITING = Duration.ofSeconds(RandomRun.rounds(20, 120));
    private static final int WRITERS = 5;

    private JamesProcess james;
    private final Queue<ImapConnection> sessions = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
        james = JamesProcess.in(directory).start();
    }

    @AfterAll
    void stop() throws IOException {
        for (ImapConnection session : sessions) {
            session.close();
        }
        james.close();
    }

    /**
     * A session in the mailbox that stays there until the end: James 3.8.1 may refuse a change in the moment another
     * session leaves the mailbox (a ConcurrentModificationException in its InVMEventBus, mended in 3.9.0).
     */
    private ImapConnection session() throws IOException {
        ImapConnection session = james.imap(Trial.ALICE);
        sessions.add(session);
        return session.select("Live");
    }

    /** A command with UPDATE, and how its client hears of changes. */
    private record Client(String command, boolean idles) {
        boolean uids() {
            return command.startsWith("UID ");
        }

        boolean ordered() {
            return command.contains("SORT ");
        }
    }

    private static final List<Client> CLIENTS = List.of(
            new Client("UID SEARCH RETURN (UPDATE ALL) FLAGGED", true),
            new Client("UID SEARCH RETURN (UPDATE ALL) SUBJECT even UNDELETED", true),
            new Client("UID SEARCH RETURN (UPDATE ALL) ALL", true),
            new Client("UID SORT RETURN (UPDATE ALL) (SUBJECT) UTF-8 OR FLAGGED SUBJECT three", true),
            new Client("UID SORT RETURN (UPDATE ALL) (REVERSE ARRIVAL FROM) UTF-8 BODY body", true),
            new Client("UID SORT RETURN (UPDATE ALL) (FROM REVERSE SIZE) UTF-8 NOT SUBJECT even", false),
            new Client("UID SEARCH RETURN (UPDATE ALL) NOT TEXT seven", false),
            new Client("SEARCH RETURN (UPDATE ALL) FLAGGED", false),
            new Client("SORT RETURN (UPDATE ALL) (REVERSE SUBJECT) UTF-8 ALL", false),
            new Client("SORT RETURN (UPDATE ALL) (FROM SUBJECT) UTF-8 UNFLAGGED", false));

    /** What clients do that do not idle: they hear of changes in all of these. */
    private static final List<String> HEARING =
            List.of("NOOP", "SEARCH UNSEEN", "UID SEARCH UNSEEN", "STATUS INBOX (MESSAGES)", "UID FETCH 1:* FLAGS");

    @Test
    void mirrorsShouldEndWithTheAnswerOfAFreshSearch() throws Exception {
        long seed = RandomRun.seed();
        AtomicBoolean written = new AtomicBoolean();
        AtomicLong last = new AtomicLong();
        CountDownLatch ready = new CountDownLatch(CLIENTS.size());
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS.size() + WRITERS);
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.command("CREATE Live").orFail();
            for (int i = 0; i < 50; i++) {
                append(imap, new Random(seed + i));
            }
            List<Future<Integer>> mirrors = new ArrayList<>();
            for (Client client : CLIENTS) {
                mirrors.add(threads.submit(() -> mirror(client, ready, written, last)));
            }
            assertThat(ready.await(1, TimeUnit.MINUTES)).isTrue();
            List<Future<Integer>> writers = new ArrayList<>();
            long end = System.nanoTime() + WRITING.toNanos();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(seed ^ (writer + 1));
                writers.add(threads.submit(() -> write(random, end)));
            }
            int changes = 0;
            for (Future<Integer> writer : writers) {
                changes += changes(writer);
            }
            // in the result of every client that idles, and after everything else
            long uid = appended(imap.append(
                            "Live",
                            "From: z@mail.test\r\nSubject: even zzz\r\n\r\nbody\r\n"
                                    .getBytes(StandardCharsets.US_ASCII),
                            "\\Flagged")
                    .orFail());
            written.set(true);
            last.set(uid);
            // so that everybody hears something once more
            imap.select("Live").command("UID STORE " + uid + " +FLAGS (Last)").orFail();
            int heard = 0;
            for (Future<Integer> mirror : mirrors) {
                heard += mirror.get(3, TimeUnit.MINUTES);
            }
            System.out.println("LiveContextsIT: " + changes + " changes, " + heard + " updates of " + CLIENTS.size()
                    + " results heard");
            assertThat(changes).isPositive();
            assertThat(heard).isPositive();
        } finally {
            written.set(true);
            threads.shutdownNow();
        }
    }

    /** How many changes a writer made; what James says of one that it refused is in its log. */
    private int changes(Future<Integer> writer) throws Exception {
        try {
            return writer.get(3, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("a writer failed; James logged:\n" + james.logged(), e);
        }
    }

    private static long appended(ImapReply reply) {
        return Long.parseLong(reply.status().replaceAll(".*APPENDUID \\d+ (\\d+).*", "$1"));
    }

    private static long append(ImapConnection imap, Random random) throws Exception {
        String[] words = {"one", "two even", "three", "four even", "seven", "eight even"};
        String message = "From: sender" + random.nextInt(9) + "@mail.test\r\nSubject: "
                + words[random.nextInt(words.length)] + " " + random.nextInt(30) + "\r\n\r\nbody "
                + "x".repeat(random.nextInt(50)) + "\r\n";
        String flags = random.nextInt(3) == 0 ? "\\Flagged" : "";
        return appended(imap.append("Live", message.getBytes(StandardCharsets.US_ASCII), flags)
                .orFail());
    }

    private int write(Random random, long end) throws Exception {
        int changes = 0;
        List<Long> own = new ArrayList<>();
        ImapConnection imap = session();
        while (System.nanoTime() < end) {
            int choice = random.nextInt(10);
            if (own.isEmpty() || choice < 4) {
                own.add(append(imap, random));
            } else if (choice < 8) {
                String sign = random.nextBoolean() ? "+" : "-";
                imap.command("UID STORE " + own.get(random.nextInt(own.size())) + " " + sign
                                + "FLAGS.SILENT (\\Flagged)")
                        .orFail();
            } else {
                long uid = own.remove(random.nextInt(own.size()));
                imap.command("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)").orFail();
                imap.command("UID EXPUNGE " + uid).orFail();
            }
            changes++;
        }
        return changes;
    }

    /** Mirrors a result until everything is written, and compares it then. */
    private int mirror(Client client, CountDownLatch ready, AtomicBoolean written, AtomicLong last) throws Exception {
        ImapConnection imap = session();
        String tag = imap.send(client.command().getBytes(StandardCharsets.US_ASCII));
        ContextMirror mirror = new ContextMirror(tag, client.uids(), client.ordered());
        int updates = hear(imap.await(tag).orFail(), mirror);
        ready.countDown();
        if (client.idles()) {
            updates += idle(imap, mirror, last);
        } else {
            for (int i = 0; !written.get(); i++) {
                updates += hear(imap.command(HEARING.get(i % HEARING.size())).orFail(), mirror);
            }
        }
        updates += hear(imap.command("NOOP").orFail(), mirror);
        ImapReply fresh = imap.command(client.command().replace("UPDATE ", "")).orFail();
        ContextMirror now = new ContextMirror(
                fresh.named("ESEARCH").get(0).replaceAll(".*TAG \"([^\"]*)\".*", "$1"),
                client.uids(),
                client.ordered());
        fresh.untagged().forEach(now::hear);
        assertThat(mirror.numbers()).as(client.command()).containsExactlyElementsOf(now.numbers());
        assertThat(now.numbers()).as(client.command()).isNotEmpty();
        return updates;
    }

    private static int hear(ImapReply reply, ContextMirror mirror) {
        reply.untagged().forEach(mirror::hear);
        return reply.named("ESEARCH").size();
    }

    /** Waits until the last message has been told of. */
    private static int idle(ImapConnection imap, ContextMirror mirror, AtomicLong last) throws Exception {
        int updates = 0;
        String tag = imap.send("IDLE".getBytes(StandardCharsets.US_ASCII));
        while (last.get() == 0 || !mirror.numbers().contains(last.get())) {
            String response = imap.next();
            mirror.hear(response);
            updates += response.startsWith("* ESEARCH") ? 1 : 0;
        }
        imap.sendRaw("DONE\r\n");
        return updates + hear(imap.await(tag).orFail(), mirror);
    }
}
