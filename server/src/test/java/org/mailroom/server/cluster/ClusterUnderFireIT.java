/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** As {@link ClusterIT}, while processes are killed and RabbitMQ is away. */
@Tag("trial")
@Tag("large")
class ClusterUnderFireIT {
    private static final int CHANGES = 10_000;
    private static final Duration BETWEEN_KILLS = Duration.ofMinutes(1);
    private static final int KILLS = 10;
    private static final Duration AWAY = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofMinutes(2);

    private final List<String> wrong = new ArrayList<>();
    private final Random random = new Random(RandomRun.seed());
    private final SharedMailbox mailbox = new SharedMailbox(random);
    private int failed;
    private int done;

    @Test
    void answersShouldBeRightWhateverIsKilled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory)
            throws Exception {
        try (TestCluster cluster = TestCluster.start(directory, "");
                ConstantSearches searches = ConstantSearches.on(cluster)) {
            try (ImapConnection first = cluster.node(0).imap(Trial.ALICE)) {
                first.command("CREATE " + SharedMailbox.NAME).orFail();
                first.command("CREATE " + SharedMailbox.OTHER).orFail();
            }
            changes(cluster, CHANGES);
            report("undisturbed");
            for (int kill = 0; kill < KILLS; kill++) {
                JamesProcess killed = cluster.node(random.nextInt(cluster.size()));
                killed.kill();
                // the other one serves meanwhile
                killed.start();
                changesFor(cluster, BETWEEN_KILLS);
            }
            report("with a process killed " + KILLS + " times");
            cluster.services().stopRabbitMq();
            changesFor(cluster, AWAY);
            report("without RabbitMQ");
            cluster.services().startRabbitMq();
            Awaitility.await("changes work again").atMost(BACK).until(() -> changes(cluster, 1));
            changesFor(cluster, BETWEEN_KILLS);
            report("with RabbitMQ again");
            System.out.println("ClusterUnderFireIT: " + mailbox.counts() + ", beside " + searches.end() + " searches");
        }
        assertThat(wrong).isEmpty();
    }

    private void report(String when) {
        System.out.println("ClusterUnderFireIT: " + when + ": " + done + " changes, " + failed
                + " that failed besides, " + wrong.size() + " wrong answers so far");
        done = 0;
        failed = 0;
    }

    private void changesFor(TestCluster cluster, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            changes(cluster, 20);
        }
    }

    /** Returns whether all of them were made. */
    private boolean changes(TestCluster cluster, int number) {
        int before = failed;
        int left = number;
        while (left > 0 && failed == before) {
            try (ImapConnection first = cluster.node(0).imap(Trial.ALICE);
                    ImapConnection second = cluster.node(1).imap(Trial.ALICE)) {
                first.select(SharedMailbox.NAME);
                second.select(SharedMailbox.NAME);
                mailbox.reread(first);
                for (; left > 0; left--) {
                    boolean onFirst = random.nextBoolean();
                    String what = mailbox.change(onFirst ? first : second);
                    done++;
                    mailbox.check(onFirst ? second : first).ifPresent(answer -> wrong.add(what + ": " + answer));
                }
            } catch (IOException | AssertionError e) {
                // what became of the change is read from the store before the next
                failed++;
            }
        }
        return failed == before;
    }
}
