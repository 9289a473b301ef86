/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.Trigger;

/** What is undone of a run whose journal is damaged, and what an undoing tells meanwhile. */
class DamagedJournalTest {
    private static final int MESSAGES = 350;

    @TempDir
    Path directory;

    private RuleMail mail;

    @BeforeEach
    void start() throws Exception {
        mail = new RuleMail(directory);
        mail.create(ALICE, "INBOX");
        mail.create(ALICE, "Bills");
        mail.rule("bills", "SUBJECT invoice", new FileInto(new FolderName("Bills"), false));
        for (int i = 0; i < MESSAGES; i++) {
            mail.append(ALICE, "INBOX", "invoice " + i);
        }
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private String apply() throws Exception {
        String plan = mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id();
        assertThat(mail.runs.carryOut(mail.runs.apply(plan))).isEqualTo(RunEnd.COMPLETED);
        return plan;
    }

    /** Flips a bit in the middle of the n-th line that begins with {@code line}. */
    private void damage(String run, String line, int number) throws Exception {
        Path journal = directory.resolve("rules/" + run + ".journal");
        byte[] octets = Files.readAllBytes(journal);
        int at = -1;
        for (int i = 0; i < number; i++) {
            at = new String(octets, StandardCharsets.ISO_8859_1).indexOf("{\"line\":\"" + line, at + 1);
        }
        octets[at + 40] ^= 1;
        Files.write(journal, octets);
        mail.nextLife();
    }

    @Test
    void whatStandsBehindTheDamageIsUndoneAndTheRestIsReported() throws Exception {
        String run = apply();
        damage(run, "done", 2);
        Run undo = mail.runs.undo(run);
        mail.runs.carryOut(undo);

        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(250);
        assertThat(mail.runs.findRun(undo.id()).orElseThrow().problems())
                .anySatisfy(problem -> assertThat(problem).contains("not undone", run + ".journal"))
                .anySatisfy(problem -> assertThat(problem).contains("not undone", "100 messages of alice in INBOX"));
        assertThat(mail.runs.troubles()).anySatisfy(text -> assertThat(text).contains(run));
    }

    @Test
    void aRunIsUndoneWithoutItsFirstLine() throws Exception {
        String run = apply();
        damage(run, "started", 1);
        mail.runs.carryOut(mail.runs.undo(run));

        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(MESSAGES);
    }

    @Test
    void aDamagedRunThatHasNotEndedEndsAndIsUndone() throws Exception {
        String run = apply();
        Path journal = directory.resolve("rules/" + run + ".journal");
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        damage(run, "done", 1);

        List<Run> unfinished = mail.runs.resume();
        assertThat(mail.runs.carryOut(unfinished.get(0))).isEqualTo(RunEnd.FAILED);
        assertThat(mail.runs.findRun(run).orElseThrow().reason()).contains(run, "make a new plan");
        mail.runs.carryOut(mail.runs.undo(run));

        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(MESSAGES);
    }

    @Test
    void anUndoingTellsHowFarItIsAndACancelledOneHowFarItCame() throws Exception {
        String run = apply();
        Run[] undo = new Run[1];
        int[] settled = new int[1];
        mail.restart(point -> {
            if (point == CrashPoints.Point.NOTED && ++settled[0] == 2) {
                // the first batch is counted, this one is made
                assertThat(undo[0].progress().get(RunProgress.Count.CHANGED)).isEqualTo(100);
                undo[0].progress().cancel();
            }
        });
        undo[0] = mail.runs.undo(run);

        assertThat(mail.runs.carryOut(undo[0])).isEqualTo(RunEnd.CANCELLED);

        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(200);
        assertThat(mail.runs.findRun(undo[0].id()).orElseThrow().counts())
                .containsEntry("planned", (long) MESSAGES)
                .containsEntry("changed", 200L);
    }
}
