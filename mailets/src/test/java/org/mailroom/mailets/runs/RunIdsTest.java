/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.journal.RunFiles;

class RunIdsTest {
    private static final Instant NOW = Instant.parse("2026-12-01T03:00:00Z");

    private final RunIds here = new RunIds(new NamedNode("nodea", true));
    private final RunIds there = new RunIds(new NamedNode("nodeb", false));

    @Test
    void anIdShouldNameTheOtherNodeThatMadeIt() {
        String plan = there.next(NOW);
        assertThat(here.otherNode(plan)).contains("nodeb");
        assertThat(here.otherNode(RunIds.undo(plan, 2))).contains("nodeb");
        assertThat(here.otherNode(RunFiles.ofEvents(plan))).contains("nodeb");
        assertThat(here.otherNode(RunIds.undo(RunFiles.ofEvents(plan), 1))).contains("nodeb");
        assertThat(RunIds.undoNumber(RunIds.undo(plan, 2))).isEqualTo(2);
    }

    @Test
    void anIdOfThisNodeOrOfASingleServerShouldNameNoOther() {
        assertThat(here.otherNode(here.next(NOW))).isEmpty();
        String single = new RunIds(RuleNode.ALONE).next(NOW);
        assertThat(here.otherNode(single)).isEmpty();
        assertThat(here.otherNode(RunIds.undo(single, 1))).isEmpty();
        assertThat(here.otherNode(RunFiles.ofEvents(single))).isEmpty();
        assertThat(here.otherNode("no id")).isEmpty();
    }
}
