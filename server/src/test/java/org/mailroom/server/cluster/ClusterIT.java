/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** Whatever one James of a cluster was told is done, the very next search on another has. */
@Tag("trial")
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private static final int FLAGGED = 20;
    private static final String RULES =
            """
            <folder-rules>
              <rule name="keep" on="flag demand">
                <folder>Rules</folder>
                <when>FLAGGED</when>
                <actions><addFlag>$Kept</addFlag><copyInto create="true">Kept</copyInto></actions>
              </rule>
            </folder-rules>
            """;

    private TestCluster cluster;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        cluster = TestCluster.start(directory, RULES);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Tag("large")
    void changesOnEitherJamesShouldBeInTheNextSearchOnTheOther() throws Exception {
        Random random = new Random(RandomRun.seed());
        int changes = RandomRun.rounds(200, 3_000);
        SharedMailbox mailbox = new SharedMailbox(random);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        try (ImapConnection first = cluster.node(0).imap(Trial.ALICE);
                ImapConnection second = cluster.node(1).imap(Trial.ALICE);
                ConstantSearches searches = ConstantSearches.on(cluster)) {
            first.command("CREATE " + SharedMailbox.NAME).orFail();
            first.command("CREATE " + SharedMailbox.OTHER).orFail();
            first.select(SharedMailbox.NAME);
            second.select(SharedMailbox.NAME);
            for (int change = 0; change < changes; change++) {
                boolean onFirst = random.nextBoolean();
                String what;
                try {
                    what = mailbox.change(onFirst ? first : second);
                } catch (AssertionError e) {
                    // James's Cassandra store answers NO where a STORE meets others; how far it came stands in the
                    // store
                    refused++;
                    mailbox.reread(first);
                    continue;
                }
                mailbox.check(onFirst ? second : first).ifPresent(difference -> wrong.add(what + ": " + difference));
            }
            System.out.println("ClusterIT: " + mailbox.counts() + ", " + refused + " refused, "
                    + mailbox.faultsOfTheStore() + " taken back by the store, beside " + searches.end()
                    + " other searches");
        }
        assertThat(wrong).isEmpty();
        assertThat(refused + mailbox.faultsOfTheStore())
                .as("changes that James refused, or its store took back")
                .isLessThan(changes / 5);
    }

    @Test
    void aRuleOnFlagsShouldCopyEachMessageOnce() throws Exception {
        try (ImapConnection first = cluster.node(0).imap(Trial.ALICE);
                ImapConnection second = cluster.node(1).imap(Trial.ALICE)) {
            first.command("CREATE Rules").orFail();
            for (int number = 0; number < FLAGGED; number++) {
                first.append(
                                "Rules",
                                "Subject: letter %02d\r\n\r\n\r\n"
                                        .formatted(number)
                                        .getBytes(US_ASCII),
                                "")
                        .orFail();
            }
            first.select("Rules");
            second.select("Rules");
            for (int number = 1; number <= FLAGGED; number++) {
                (number % 2 == 0 ? first : second)
                        .command("STORE " + number + " +FLAGS (\\Flagged)")
                        .orFail();
            }
            Awaitility.await("rules have acted")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> first.uidSearch("KEYWORD $Kept").size() == FLAGGED);
            for (int number = 0; number < FLAGGED; number++) {
                assertThat(second.select("Kept").uidSearch("SUBJECT \"letter %02d\"".formatted(number)))
                        .as("letter " + number)
                        .hasSize(1);
            }
            assertThat(second.uidSearch("ALL")).hasSize(FLAGGED);
        }
    }

    @Test
    void anotherNodeShouldSayWhichOneHasAPlan() throws Exception {
        Webadmin here = new Webadmin(cluster.node(0).ports().webadmin());
        Webadmin there = new Webadmin(cluster.node(1).ports().webadmin());
        String plan = here.post("/folderRules/plans", "{\"users\":[\"" + Trial.ALICE + "\"]}")
                .text("id");

        assertThat(here.get("/folderRules/plans/" + plan).status()).isEqualTo(200);
        for (Webadmin.Answer answer : List.of(
                there.get("/folderRules/plans/" + plan),
                there.post("/folderRules/plans/" + plan + "?action=apply", ""),
                there.get("/folderRules/runs/" + plan),
                there.post("/folderRules/runs/" + plan + "?action=undo", ""))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("message")).contains("is on the disk of node " + plan.replaceAll(".*-", ""));
        }
    }
}
