/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.mailbox.exception.MailboxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.CrashPoints.Point;

/** An exact duplicate of a message comes into a folder at the very moment at which the message is to come there. */
class IdenticalMessagesTest {
    @TempDir
    Path directory;

    /** Not an exception: nothing of what runs may catch it. */
    private static final class ServerEnds extends Error {
        private static final long serialVersionUID = 1;
    }

    private RuleMail mail(boolean messageIds, RuleAction action) throws Exception {
        RuleMail mail = messageIds ? new RuleMail(directory) : RuleMail.withoutMessageIds(directory);
        mail.create(ALICE, "INBOX");
        mail.create(ALICE, "Bills");
        mail.rule("bills", "SUBJECT invoice", action);
        invoice(mail, "INBOX");
        return mail;
    }

    private static RuleAction move() {
        return new FileInto(new FolderName("Bills"), false);
    }

    private static void invoice(RuleMail mail, String mailbox, String... flags) throws MailboxException {
        mail.append(ALICE, mailbox, "Subject: invoice\r\n\r\nalike\r\n", Instant.ofEpochSecond(1), flags);
    }

    /** Begins a run, in the midst of which a client puts the duplicate into Bills. */
    private static Run duplicateMeanwhile(RuleMail mail, Point when, boolean andEnd) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        mail.restart(point -> {
            if (point == when && done.compareAndSet(false, true)) {
                try {
                    invoice(mail, "Bills", "\\Flagged");
                } catch (MailboxException e) {
                    throw new IllegalStateException(e);
                }
                if (andEnd) {
                    throw new ServerEnds();
                }
            }
        });
        return mail.runs.apply(mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereTheMoveFailsNeitherIsLost(boolean messageIds) throws Exception {
        try (RuleMail mail = mail(messageIds, move())) {
            Run run = duplicateMeanwhile(mail, Point.INTENDED, false);
            mail.store.movesUntilNoMove.set(1);

            mail.runs.carryOut(run);

            assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("invoice []");
            assertThat(mail.mail(ALICE).get("Bills")).containsExactly("invoice [\\Flagged]");
            assertThat(mail.runs.findRun(run.id()).orElseThrow().counts()).containsEntry("failed", 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereTheServerEndsBeforeTheMoveTheNextOneMovesAndNeitherIsLost(boolean messageIds) throws Exception {
        try (RuleMail mail = mail(messageIds, move())) {
            Run run = duplicateMeanwhile(mail, Point.INTENDED, true);
            try {
                mail.runs.carryOut(run);
            } catch (ServerEnds e) {
                mail.restart(CrashPoints.NONE);
            }
            for (Run unfinished : mail.runs.resume()) {
                mail.runs.carryOut(unfinished);
            }

            assertThat(mail.mail(ALICE).get("INBOX")).isEmpty();
            assertThat(mail.mail(ALICE).get("Bills")).containsExactlyInAnyOrder("invoice []", "invoice [\\Flagged]");
        }
    }

    @Test
    void undoingTakesBackWhatTheRunMovedAndNotTheDuplicate() throws Exception {
        try (RuleMail mail = mail(false, move())) {
            Run run = duplicateMeanwhile(mail, Point.INTENDED, false);
            mail.runs.carryOut(run);
            assertThat(mail.mail(ALICE).get("Bills")).containsExactlyInAnyOrder("invoice []", "invoice [\\Flagged]");

            mail.runs.carryOut(mail.runs.undo(run.id()));

            assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("invoice []");
            assertThat(mail.mail(ALICE).get("Bills")).containsExactly("invoice [\\Flagged]");
        }
    }

    @Test
    void undoingDeletesTheCopyAndNotTheDuplicate() throws Exception {
        try (RuleMail mail = mail(false, new CopyInto(new FolderName("Bills"), false))) {
            Run run = duplicateMeanwhile(mail, Point.INTENDED, false);
            mail.runs.carryOut(run);
            assertThat(mail.mail(ALICE).get("Bills")).containsExactlyInAnyOrder("invoice []", "invoice [\\Flagged]");

            mail.runs.carryOut(mail.runs.undo(run.id()));

            assertThat(mail.mail(ALICE).get("Bills")).containsExactly("invoice [\\Flagged]");
        }
    }
}
