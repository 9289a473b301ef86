/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailets.runs.RuleMail.ALICE;
import static org.mailroom.mailets.runs.RuleMail.BOB;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.Discard;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.RuleAction.Keep;
import org.mailroom.mailets.rules.RuleAction.RemoveFlag;
import org.mailroom.mailets.rules.RuleAction.SetFlag;
import org.mailroom.mailets.rules.RuleAction.Stop;
import org.mailroom.mailets.rules.RuleAction.ToProcessor;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.RuleValidity;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.query.SearchKey;

class StoredMailRulesTest {
    @TempDir
    Path directory;

    private RuleMail mail;

    @BeforeEach
    void start() throws Exception {
        mail = new RuleMail(directory);
        for (String name : List.of("INBOX", "Bills", "Archive", "Trash")) {
            mail.create(ALICE, name);
        }
        mail.create(BOB, "INBOX");
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private static FileInto fileInto(String folder) {
        return new FileInto(new FolderName(folder), false);
    }

    private static CopyInto copyInto(String folder) {
        return new CopyInto(new FolderName(folder), false);
    }

    private Plan plan() throws Exception {
        return mail.runs.plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()));
    }

    private RunReport apply(Plan plan) throws Exception {
        Run run = mail.runs.apply(plan.id());
        mail.runs.carryOut(run);
        return mail.runs.findRun(run.id()).orElseThrow();
    }

    private RunReport planAndApply() throws Exception {
        return apply(plan());
    }

    @Test
    void aRuleThatIsDisabledOrHasExpiredIsNotPlannedAndSaysSoWhereItIsNamed() throws Exception {
        mail.append(ALICE, "INBOX", "a bill");
        mail.rule("off", RuleFolders.INBOX, "SUBJECT bill", new AddFlag(Set.of("x")));
        mail.limit("off", new RuleValidity(false, Optional.empty()));
        mail.rule("over", RuleFolders.INBOX, "SUBJECT bill", new AddFlag(Set.of("y")));
        mail.limit("over", new RuleValidity(true, Optional.of(Instant.EPOCH)));
        mail.rule("on", RuleFolders.INBOX, "SUBJECT bill", new AddFlag(Set.of("z")));

        planAndApply();

        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("a bill [z]");
        assertThat(mail.counts.get(RuleCounts.Count.FLAGGED)).isEqualTo(1);
        assertThat(mail.counts.get(RuleCounts.Count.RUNS_COMPLETED)).isEqualTo(1);
        assertThatThrownBy(() -> mail.runs.plan(new PlanRequest(Trigger.DEMAND, List.of("off"), List.of())))
                .hasMessage("rule 'off' is disabled (enabled=\"false\")");
        assertThatThrownBy(() -> mail.runs.plan(new PlanRequest(Trigger.DEMAND, List.of("over"), List.of())))
                .hasMessage("rule 'over' has expired at 1970-01-01T00:00:00Z");
    }

    private RunReport undo(RunReport run) throws Exception {
        Run undo = mail.runs.undo(run.id());
        mail.runs.carryOut(undo);
        return mail.runs.findRun(undo.id()).orElseThrow();
    }

    @Test
    void aPlanSaysWhatItWouldDoAndChangesNothing() throws Exception {
        mail.rule("bills", "SUBJECT invoice", fileInto("Bills"));
        mail.append(ALICE, "INBOX", "invoice 1");
        mail.append(ALICE, "INBOX", "letter");
        mail.append(BOB, "INBOX", "invoice 2");
        mail.create(BOB, "Bills");
        Map<String, List<String>> before = mail.mail(ALICE);

        Plan plan = plan();

        assertThat(plan.messages()).isEqualTo(2);
        Plan.RuleSummary bills = plan.summary().get(0);
        assertThat(bills.messages()).isEqualTo(2);
        assertThat(bills.places())
                .containsExactly(new Plan.Place("alice", "INBOX", 1), new Plan.Place("bob", "INBOX", 1));
        assertThat(bills.first().get(0))
                .isEqualTo(new Plan.FirstMessage(
                        "alice",
                        "INBOX",
                        1,
                        "Sat, 21 Nov 2026 10:00:00 +0000",
                        "Sénder <sender@example.org>",
                        "invoice 1"));
        assertThat(mail.mail(ALICE)).isEqualTo(before);
        assertThat(mail.runs.findPlan(plan.id())).contains(plan);
    }

    @Test
    void planningReadsNoBodyAndOfTheHeadersOnlyTheFirstOnes() throws Exception {
        mail.rule("all", "SUBJECT letter", new AddFlag(Set.of("old")));
        for (int i = 0; i < 50; i++) {
            mail.append(ALICE, "INBOX", "letter " + i);
        }
        assertThat(mail.found(ALICE, "INBOX", new SearchKey.All())).isEqualTo(50);
        mail.store.bodiesRead.set(0);
        mail.store.headersRead.set(0);
        mail.store.metadataRead.set(0);

        assertThat(plan().messages()).isEqualTo(50);

        assertThat(mail.store.bodiesRead).hasValue(0);
        assertThat(mail.store.headersRead).hasValue(5);
        assertThat(mail.store.metadataRead).hasValue(0);
        assertThat(plan().summary().get(0).first()).hasSize(5);
        assertThat(mail.store.headersRead).as("no header is read twice").hasValue(5);
    }

    @Test
    void everyActionIsDoneAsTheRuleSays() throws Exception {
        mail.create(ALICE, "Old");
        mail.rule("file", "SUBJECT file", fileInto("Bills"), new AddFlag(Set.of("\\Seen", "Filed")));
        mail.rule("copy", "SUBJECT copy", copyInto("Archive"));
        mail.rule("unflag", "SUBJECT unflag", new RemoveFlag(Set.of("\\Flagged")));
        mail.rule("set", "SUBJECT reset", new SetFlag(Set.of("only")));
        mail.rule("discard", "SUBJECT discard", new Discard(false));
        mail.rule("expunge", "SUBJECT destroy", new Discard(true));
        mail.rule("keep", "SUBJECT keep", fileInto("Old"), new Keep());
        mail.rule("stop", "SUBJECT halt", new Stop());
        mail.rule("after", "SUBJECT halt", new Discard(true));
        for (String subject : List.of("file", "copy", "unflag", "reset", "discard", "destroy", "keep", "halt")) {
            mail.append(ALICE, "INBOX", subject, "\\Flagged");
        }

        RunReport report = planAndApply();

        assertThat(report.state()).isEqualTo("COMPLETED");
        assertThat(report.counts()).containsEntry("planned", 7L).containsEntry("changed", 7L);
        assertThat(mail.mail(ALICE))
                .containsEntry("Bills", List.of("file [Filed, \\Flagged, \\Seen]"))
                .containsEntry("Archive", List.of("copy [\\Flagged]"))
                .containsEntry("Trash", List.of("discard [\\Flagged]"))
                .containsEntry("Old", List.of("keep [\\Flagged]"))
                .containsEntry(
                        "INBOX",
                        List.of(
                                "copy [\\Flagged]",
                                "halt [\\Flagged]",
                                "keep [\\Flagged]",
                                "reset [only]",
                                "unflag []"));
    }

    @Test
    void undoBringsBackMailboxesAndFlagsAndSaysWhatItCannot() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"), new SetFlag(Set.of("Filed")), copyInto("Archive"));
        mail.rule("expunge", "SUBJECT destroy", new Discard(true));
        for (int i = 0; i < 5; i++) {
            mail.append(ALICE, "INBOX", "file " + i, "\\Flagged", "KeyWord" + i);
        }
        Map<String, List<String>> before = mail.mail(ALICE);
        mail.append(ALICE, "INBOX", "destroy");

        RunReport undo = undo(planAndApply());

        assertThat(mail.mail(ALICE)).isEqualTo(before);
        assertThat(undo.counts()).containsEntry("changed", 5L).containsEntry("expunged", 1L);
        assertThat(undo.problems()).anyMatch(problem -> problem.contains("does not come back"));
    }

    @Test
    void undoLeavesAloneWhatSomebodyTouched() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"), copyInto("Archive"));
        for (int i = 0; i < 4; i++) {
            mail.append(ALICE, "INBOX", "file " + i);
        }
        RunReport run = planAndApply();
        mail.flag(ALICE, "Bills", 1, "\\Seen");
        mail.move(ALICE, "Bills", 2, "Trash");
        mail.flag(ALICE, "Archive", 3, "\\Seen");

        RunReport undo = undo(run);

        assertThat(undo.counts()).containsEntry("changed", 1L).containsEntry("modifiedSincePlan", 3L);
        assertThat(mail.mail(ALICE))
                .containsEntry("INBOX", List.of("file 2 []", "file 3 []"))
                .containsEntry("Bills", List.of("file 0 [\\Seen]"))
                .containsEntry("Trash", List.of("file 1 []"))
                .containsEntry("Archive", List.of("file 2 [\\Seen]"));
    }

    @Test
    void aMessageThatChangedOrWentSinceThePlanIsSkippedAndCounted() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"));
        for (int i = 0; i < 3; i++) {
            mail.append(ALICE, "INBOX", "file " + i);
        }
        Plan plan = plan();
        mail.flag(ALICE, "INBOX", 1, "\\Seen");
        mail.mailbox(ALICE, "INBOX").delete(List.of(MessageUid.of(2)), mail.session(ALICE));
        mail.append(ALICE, "INBOX", "file 3");

        RunReport report = apply(plan);

        assertThat(report.counts())
                .containsEntry("changed", 1L)
                .containsEntry("modifiedSincePlan", 1L)
                .containsEntry("gone", 1L);
        assertThat(mail.mail(ALICE))
                .containsEntry("INBOX", List.of("file 0 [\\Seen]", "file 3 []"))
                .containsEntry("Bills", List.of("file 2 []"));
    }

    @Test
    void aPlanIsAppliedOnce() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"));
        mail.append(ALICE, "INBOX", "file");
        Plan plan = plan();
        apply(plan);

        assertThatThrownBy(() -> mail.runs.apply(plan.id()))
                .isInstanceOf(RunRefusedException.class)
                .hasMessageContaining("applied already");
    }

    @Test
    void twoWhoPlanTheSameAndApplyItOneAfterTheOtherChangeMailOnce() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"), copyInto("Archive"));
        mail.rule("copy", "SUBJECT copy", copyInto("Archive"));
        mail.append(ALICE, "INBOX", "file");
        mail.append(ALICE, "INBOX", "copy");
        Plan first = plan();
        Plan second = plan();

        apply(first);
        RunReport report = apply(second);

        assertThat(report.counts()).containsEntry("gone", 1L).containsEntry("modifiedSincePlan", 1L);
        assertThat(mail.mail(ALICE))
                .containsEntry("Archive", List.of("copy []", "file []"))
                .containsEntry("Bills", List.of("file []"));
    }

    @Test
    void aMissingFolderIsMadeOnlyIfTheRuleSaysSo() throws Exception {
        mail.rule("refused", "SUBJECT one", fileInto("Missing"));
        mail.rule("made", "SUBJECT two", new FileInto(new FolderName("Made/Below"), true));
        mail.append(ALICE, "INBOX", "one");
        mail.append(ALICE, "INBOX", "two");

        Plan plan = plan();

        assertThat(plan.refusals()).hasSize(1);
        assertThat(plan.refusals().get(0).reason()).contains("Missing");
        apply(plan);
        assertThat(mail.mail(ALICE))
                .containsEntry("INBOX", List.of("one []"))
                .containsEntry("Made.Below", List.of("two []"))
                .doesNotContainKey("Missing");
    }

    @Test
    void aFolderThatWentSinceThePlanIsNotMade() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"), new AddFlag(Set.of("\\Seen")));
        mail.append(ALICE, "INBOX", "file");
        Plan plan = plan();
        mail.mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Bills"), mail.session(ALICE));

        RunReport report = apply(plan);

        assertThat(report.counts()).containsEntry("refused", 1L);
        assertThat(report.problems()).anyMatch(problem -> problem.contains("Bills"));
        assertThat(mail.mail(ALICE)).containsEntry("INBOX", List.of("file []")).doesNotContainKey("Bills");
    }

    @Test
    void trashIsLeftAloneUnlessItIsNamed() throws Exception {
        mail.rule(
                "everywhere",
                new RuleFolders(List.of(new RuleFolders.Entry("*", false))),
                "SUBJECT file",
                fileInto("Bills"));
        mail.append(ALICE, "Trash", "file");
        assertThat(plan().messages()).isZero();

        mail.rules.clear();
        mail.rule(
                "trash",
                new RuleFolders(List.of(new RuleFolders.Entry("Trash", false))),
                "SUBJECT file",
                fileInto("Bills"));
        assertThat(plan().messages()).isEqualTo(1);
    }

    @Test
    void storedMailIsNeverHandedToAProcessor() throws Exception {
        mail.rule("send", "SUBJECT file", new ToProcessor("transport"));
        mail.append(ALICE, "INBOX", "file");

        Plan plan = plan();

        assertThat(plan.messages()).isZero();
        assertThat(plan.refusals().get(0).reason()).contains("never sent");
    }

    @Test
    void aRunStopsAtItsLimitsAndSaysWhich() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Archive"));
        mail.create(BOB, "Archive");
        for (int i = 0; i < 250; i++) {
            mail.append(ALICE, "INBOX", "file");
            mail.append(BOB, "INBOX", "file");
        }
        mail.limits = RuleMail.limits(120, 1_000, 1_000);
        mail.restart(CrashPoints.NONE);
        RunReport run = planAndApply();
        assertThat(run.state()).isEqualTo("STOPPED");
        assertThat(run.reason()).contains("a run may change 120");
        assertThat(run.counts()).containsEntry("changed", 120L);

        mail.limits = RuleMail.limits(1_000, 50, 1_000);
        mail.restart(CrashPoints.NONE);
        run = planAndApply();
        assertThat(run.reason()).contains("50 messages of alice").contains("50 messages of bob");
        assertThat(run.counts()).containsEntry("changed", 100L);

        mail.limits = RuleMail.limits(1_000, 1_000, 30);
        mail.restart(CrashPoints.NONE);
        run = planAndApply();
        assertThat(run.reason()).contains("within a minute");
        assertThat(run.counts()).containsEntry("changed", 30L);
        assertThat(mail.mail(ALICE).get("Archive").size()
                        + mail.mail(BOB).get("Archive").size())
                .isEqualTo(250);
    }

    @Test
    void overQuotaTheRunStopsForThatUserAndNoMessageIsLost() throws Exception {
        mail.rule("copy", "SUBJECT copy", copyInto("Archive"), fileInto("Bills"), new AddFlag(Set.of("\\Seen")));
        mail.create(BOB, "Archive");
        mail.create(BOB, "Bills");
        for (int i = 0; i < 250; i++) {
            mail.append(ALICE, "INBOX", "copy");
        }
        mail.append(BOB, "INBOX", "copy");
        mail.quota(ALICE, 400);

        RunReport run = planAndApply();

        assertThat(run.state()).isEqualTo("STOPPED");
        assertThat(run.reason()).contains("alice is over quota");
        assertThat(run.counts()).containsEntry("changed", 101L).containsEntry("refused", 100L);
        Map<String, List<String>> after = mail.mail(ALICE);
        assertThat(after.get("Bills")).hasSize(100).containsOnly("copy [\\Seen]");
        assertThat(after.get("Archive")).hasSize(100);
        assertThat(after.get("INBOX")).hasSize(150).containsOnly("copy []");
        assertThat(mail.mail(BOB)).containsEntry("Bills", List.of("copy [\\Seen]"));
    }

    @Test
    void aRunThatIsCancelledEndsBeforeItsNextChange() throws Exception {
        mail.rule("file", "SUBJECT file", fileInto("Bills"));
        mail.append(ALICE, "INBOX", "file");
        Run run = mail.runs.apply(plan().id());
        run.progress().cancel();

        assertThat(mail.runs.carryOut(run)).isEqualTo(RunEnd.CANCELLED);
        assertThat(mail.mail(ALICE)).containsEntry("INBOX", List.of("file []"));
    }

    @Test
    void whatIsSoAlreadyIsNotChanged() throws Exception {
        mail.rule("flag", "SUBJECT file", new AddFlag(Set.of("\\Seen", "$done")));
        mail.append(ALICE, "INBOX", "file", "\\Seen", "$Done");

        assertThat(planAndApply().counts()).containsEntry("alreadyApplied", 1L).containsEntry("changed", 0L);
    }

    @Test
    void itIsRefusedToPlanWithRulesOrUsersThatAreNotThere() {
        assertThatThrownBy(() -> mail.runs.plan(new PlanRequest(Trigger.DEMAND, List.of("nothing"), List.of())))
                .hasMessageContaining("no rule 'nothing'");
        assertThatThrownBy(() -> mail.runs.plan(new PlanRequest(
                        Trigger.DEMAND, List.of(), List.of(org.apache.james.core.Username.of("nobody")))))
                .hasMessageContaining("no user nobody");
    }
}
