/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailbox.sync.MemoryMail;

/** Processes on one store, which beat when the test says so. */
class ClusterTest {
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private MemoryMail mail;
    private long now = 1;
    private String rulesOfFirst = "1";
    private Cluster first;
    private Cluster second;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        mail = new MemoryMail(directory, false);
        first = node("first", new Rules() {
            @Override
            public String digest() {
                return rulesOfFirst;
            }
        });
        second = node("second", new Rules());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        mail.close();
    }

    private Cluster node(String name, ClusterSetting setting) {
        return new Cluster(() -> true, () -> name, mail.mailboxes(), Set.of(setting), () -> now);
    }

    private static class Rules implements ClusterSetting {
        @Override
        public String name() {
            return "folder-rules.xml";
        }

        @Override
        public String digest() {
            return "1";
        }

        @Override
        public boolean hasToBeEqual() {
            return true;
        }
    }

    private void beats(Duration time, Cluster... nodes) throws Exception {
        long end = now + time.toNanos();
        while (now < end) {
            now += PERIOD.toNanos();
            for (Cluster node : nodes) {
                node.beat();
            }
        }
    }

    private static String all(Cluster node) {
        return String.join("; ", node.facts().stream().map(HealthFact::text).toList());
    }

    @Test
    void processesShouldKnowEachOther() throws Exception {
        beats(Duration.ofMinutes(1), first, second);

        assertThat(first.peers()).isEqualTo(1);
        assertThat(second.peers()).isEqualTo(1);
        assertThat(all(first))
                .contains("this is node first; second was heard of")
                .contains("first runs rules");
        assertThat(all(second))
                .contains("this is node second; first was heard of")
                .contains("first runs rules");
    }

    @Test
    void whoIsNotHeardOfShouldBeNoPeerAndBeForgotten() throws Exception {
        beats(Duration.ofMinutes(1), first, second);

        beats(Duration.ofMinutes(3), first);
        assertThat(first.peers()).isZero();
        assertThat(all(first)).contains("second was heard of 160 s ago");
        beats(Cluster.FORGOTTEN, first);
        assertThat(all(first)).contains("no other was heard of");
    }

    @Test
    void oneShouldLeadAndStayTheOneOverARestart() throws Exception {
        beats(Duration.ofMinutes(1), first, second);
        assertThat(first.leads()).isTrue();
        assertThat(second.leads()).isFalse();

        beats(Duration.ofMinutes(3), second);
        Cluster again = node("first", new Rules());
        beats(Duration.ofMinutes(1), again, second);
        assertThat(again.leads()).isTrue();
        assertThat(second.leads()).isFalse();
        again.close();
    }

    @Test
    void anotherShouldTakeOverLongAfterTheLeaderHasGivenUp() throws Exception {
        beats(Duration.ofMinutes(1), first, second);

        beats(Leadership.GIVEN_UP, second);
        assertThat(first.leads()).isFalse();
        assertThat(second.leads()).isFalse();
        beats(Leadership.TAKEN_OVER, second);
        assertThat(second.leads()).isTrue();

        beats(Duration.ofMinutes(1), first, second);
        assertThat(first.leads()).isFalse();
        assertThat(second.leads()).isTrue();
    }

    @Test
    void differentRulesShouldBeReported() throws Exception {
        beats(Duration.ofMinutes(1), first, second);
        assertThat(second.facts()).noneMatch(HealthFact::degrades);

        rulesOfFirst = "2";
        beats(PERIOD, first, second);

        assertThat(second.facts())
                .filteredOn(HealthFact::degrades)
                .extracting(HealthFact::text)
                .containsExactly("folder-rules.xml of this node, second, is not that of first: make them equal, then"
                        + " reload or restart");
    }

    @Test
    void aSingleProcessShouldWriteNothingAndLead() throws Exception {
        Cluster single = new Cluster(() -> false, () -> "single", mail.mailboxes(), Set.of(new Rules()), () -> now);
        single.started();

        assertThat(single.leads()).isTrue();
        assertThat(single.node()).isEmpty();
        assertThat(single.facts()).isEmpty();
        assertThat(new ClusterEntries(mail.mailboxes()).read("")).isEmpty();
    }

    @Test
    void ofSeveralThatCreateAnEntryOneShouldSucceed() throws Exception {
        ClusterEntries entries = new ClusterEntries(mail.mailboxes());

        assertThat(entries.create("lock-1", "a")).isTrue();
        assertThat(entries.create("lock-1", "b")).isFalse();
        assertThat(entries.read("lock-")).containsExactly(Map.entry("1", "a"));
        entries.remove("lock-1");
        entries.remove("lock-1");
        assertThat(entries.create("lock-1", "b")).isTrue();
    }
}
