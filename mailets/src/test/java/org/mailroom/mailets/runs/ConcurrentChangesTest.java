/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.CrashPoints.Point;
import org.mailroom.search.testing.RandomRun;

/** Clients and admins who do something to the same mail while a run is under way. */
class ConcurrentChangesTest {
    private static final int MESSAGES = 250;

    @TempDir
    Path directory;

    private RuleMail mail;

    @BeforeEach
    void start() throws Exception {
        mail = new RuleMail(directory);
        for (String name : List.of("INBOX", "Bills", "Elsewhere")) {
            mail.create(ALICE, name);
        }
        mail.rule("bills", "SUBJECT invoice", new FileInto(new FolderName("Bills"), false));
        for (int i = 0; i < MESSAGES; i++) {
            mail.append(ALICE, "INBOX", "invoice " + i);
        }
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    /** Something that is done once, when the run first comes to a point. */
    private interface Deed {
        void run() throws MailboxException;
    }

    private RunReport runWhile(Point point, Deed deed) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        mail.restart(reached -> {
            if (reached == point && done.compareAndSet(false, true)) {
                try {
                    deed.run();
                } catch (MailboxException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        Run run = mail.runs.apply(plan());
        mail.runs.carryOut(run);
        return mail.runs.findRun(run.id()).orElseThrow();
    }

    private String plan() throws Exception {
        return mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id();
    }

    private List<String> everything() throws Exception {
        List<String> messages = new ArrayList<>();
        mail.mail(ALICE).values().forEach(messages::addAll);
        return messages;
    }

    @Test
    void aMessageThatAClientMovesAwayAtTheLastMomentIsTheClients() throws Exception {
        RunReport run = runWhile(Point.INTENDED, () -> {
            mail.move(ALICE, "INBOX", 7, "Elsewhere");
            mail.move(ALICE, "INBOX", 150, "Elsewhere");
        });

        assertThat(run.counts()).containsEntry("changed", 248L).containsEntry("gone", 2L);
        assertThat(mail.mail(ALICE).get("Elsewhere")).hasSize(2);
        assertThat(everything()).hasSize(MESSAGES).doesNotHaveDuplicates();
    }

    @Test
    void aMessageThatAClientTakesOutOfTheTargetAtOnceStaysWhereTheClientPutIt() throws Exception {
        RunReport run = runWhile(Point.MADE, () -> mail.move(ALICE, "Bills", 3, "Elsewhere"));

        assertThat(run.counts()).containsEntry("changed", 249L).containsEntry("gone", 1L);
        Run undo = mail.runs.undo(run.id());
        mail.runs.carryOut(undo);
        Map<String, List<String>> after = mail.mail(ALICE);
        assertThat(after.get("Elsewhere")).hasSize(1);
        assertThat(after.get("INBOX")).hasSize(MESSAGES - 1);
        assertThat(after.get("Bills")).isEmpty();
    }

    @Test
    void aTargetThatIsDeletedHalfWayEndsInCountsAndLosesNothingThatWasNotInIt() throws Exception {
        RunReport run = runWhile(
                Point.NOTED,
                () -> mail.mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Bills"), mail.session(ALICE)));

        assertThat(run.counts()).containsEntry("changed", 100L).containsEntry("refused", 150L);
        assertThat(run.problems()).anyMatch(problem -> problem.contains("no mailbox Bills of alice"));
        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(150);
        assertThat(mail.mail(ALICE)).doesNotContainKey("Bills");
    }

    @Test
    void aTargetThatIsDeletedJustBeforeTheMoveLosesNothing() throws Exception {
        RunReport run = runWhile(
                Point.INTENDED,
                () -> mail.mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Bills"), mail.session(ALICE)));

        assertThat(run.counts()).containsEntry("failed", 100L).containsEntry("refused", 150L);
        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(MESSAGES);
    }

    @Test
    void aSourceThatIsDeletedHalfWayEndsTheRunForItsMessages() throws Exception {
        RunReport run = runWhile(
                Point.NOTED, () -> mail.mailboxes.deleteMailbox(MailboxPath.inbox(ALICE), mail.session(ALICE)));

        assertThat(run.counts()).containsEntry("changed", 100L).containsEntry("gone", 150L);
        assertThat(mail.mail(ALICE).get("Bills")).hasSize(100);

        Run undo = mail.runs.undo(run.id());
        mail.runs.carryOut(undo);
        RunReport undone = mail.runs.findRun(undo.id()).orElseThrow();
        assertThat(undone.counts()).containsEntry("modifiedSincePlan", 100L);
        assertThat(mail.mail(ALICE).get("Bills")).hasSize(100);
    }

    @Test
    void ofTwoWhoApplyOnePlanAtOnceOneIsRefusedAndOfTwoPlansEachMessageIsMovedOnce() throws Exception {
        String plan = plan();
        String other = plan();
        ExecutorService admins = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> one = () -> applied(plan);
            Callable<Boolean> another = () -> applied(other);
            long applied = 0;
            for (Future<Boolean> result : admins.invokeAll(List.of(one, another, one, another))) {
                applied += result.get() ? 1 : 0;
            }
            assertThat(applied).isEqualTo(2);
        } finally {
            admins.shutdownNow();
        }
        assertThat(mail.mail(ALICE).get("Bills")).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(mail.runs.runs().stream()
                        .mapToLong(run -> run.counts().get("changed"))
                        .sum())
                .isEqualTo(MESSAGES);
    }

    private boolean applied(String plan) throws Exception {
        try {
            mail.runs.carryOut(mail.runs.apply(plan));
            return true;
        } catch (RunRefusedException e) {
            assertThat(e.reason()).isEqualTo(RunRefusedException.Reason.CONFLICT);
            return false;
        }
    }

    @Test
    void aClientThatMovesMessagesAllTheTimeLosesAndDoublesNone() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        // one after the other: James itself doubles a message that two move to different mailboxes at once
        mail.restart(point -> {
            if (point == Point.INTENDED || point == Point.MADE || point == Point.SETTLED) {
                List<String> mailboxes = List.of("INBOX", "Bills", "Elsewhere");
                for (int i = 0; i < 20; i++) {
                    try {
                        mail.move(
                                ALICE,
                                mailboxes.get(random.nextInt(3)),
                                1 + random.nextInt(MESSAGES),
                                mailboxes.get(random.nextInt(3)));
                    } catch (MailboxException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
        for (int i = 0; i < 3; i++) {
            Run run = mail.runs.apply(plan());
            mail.runs.carryOut(run);
            assertThat(everything()).as("seed " + seed).hasSize(MESSAGES).doesNotHaveDuplicates();
            mail.runs.carryOut(mail.runs.undo(run.id()));
            assertThat(everything()).as("seed " + seed).hasSize(MESSAGES).doesNotHaveDuplicates();
        }
    }
}
