/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskMonitorTest {
    private static final long MINUTE = 60_000_000_000L;

    @Test
    void onlyATaskThatDoesNotMoveIsReportedAndOnlyUntilItDoes() {
        AtomicLong now = new AtomicLong();
        TaskMonitor tasks = new TaskMonitor(now::get);
        try (TaskMonitor.Task stuck = tasks.begin("a search of alice in mailbox 7");
                TaskMonitor.Task moving = tasks.begin("a search of bob in mailbox 8")) {
            now.addAndGet(4 * MINUTE);
            moving.moved();
            assertThat(tasks.facts()).isEmpty();
            now.addAndGet(4 * MINUTE);
            assertThat(tasks.facts()).singleElement().satisfies(fact -> {
                assertThat(fact.degrades()).isTrue();
                assertThat(fact.text())
                        .contains("alice")
                        .contains("8 minutes")
                        .contains(Thread.currentThread().getName());
            });
            stuck.moved();
            assertThat(tasks.facts()).isEmpty();
            now.addAndGet(10 * MINUTE);
            assertThat(tasks.facts()).hasSize(2);
        }
        assertThat(tasks.facts()).isEmpty();
    }
}
