/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.trial.Trial;

/** Whatever one James of a cluster was told is done, the very next search on another has. */
@Tag("trial")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private TestCluster cluster;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        cluster = TestCluster.start(directory, "");
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void changesOnEitherJamesShouldBeInTheNextSearchOnTheOther() throws Exception {
        Random random = new Random(RandomRun.seed());
        int changes = RandomRun.rounds(300, 3_000);
        SharedMailbox mailbox = new SharedMailbox(random);
        List<String> wrong = new ArrayList<>();
        try (ImapConnection first = cluster.node(0).imap(Trial.ALICE);
                ImapConnection second = cluster.node(1).imap(Trial.ALICE);
                ConstantSearches searches = ConstantSearches.on(cluster)) {
            first.command("CREATE " + SharedMailbox.NAME).orFail();
            first.command("CREATE " + SharedMailbox.OTHER).orFail();
            first.select(SharedMailbox.NAME);
            second.select(SharedMailbox.NAME);
            for (int change = 0; change < changes; change++) {
                boolean onFirst = random.nextBoolean();
                String what = mailbox.change(onFirst ? first : second);
                mailbox.check(onFirst ? second : first).ifPresent(difference -> wrong.add(what + ": " + difference));
            }
            System.out.println("ClusterIT: " + mailbox.counts() + ", beside " + searches.end() + " other searches");
        }
        assertThat(wrong).isEmpty();
    }
}
