/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;
import static org.mailroom.mailets.runs.RuleMail.BOB;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.Discard;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.RuleAction.RemoveFlag;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.testing.RandomRun;

/** The server ends at every point of a run where it might, and resumes it after a restart. */
class InterruptedRunTest {
    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    /** Not an exception: nothing of what runs may catch it. */
    private static final class ServerEnds extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Ends the server at the n-th point that is reached. */
    private static final class EndAt implements CrashPoints {
        private int left;
        private int reached;

        EndAt(int left) {
            this.left = left;
        }

        @Override
        public void reached(Point point) {
            reached++;
            if (--left == 0) {
                throw new ServerEnds();
            }
        }
    }

    private RuleMail mail(String name) throws Exception {
        RuleMail mail = new RuleMail(directory.resolve(name));
        for (Username user : List.of(ALICE, BOB)) {
            for (String mailbox : List.of("INBOX", "Bills", "Archive")) {
                mail.create(user, mailbox);
            }
        }
        mail.rule("bills", "SUBJECT invoice", new FileInto(new FolderName("Bills"), false));
        mail.rule("copies", "SUBJECT copy", new CopyInto(new FolderName("Archive"), false));
        mail.rule("flags", "SUBJECT flag", new AddFlag(Set.of("\\Seen", "done")), new RemoveFlag(Set.of("\\Flagged")));
        mail.rule("new", "SUBJECT new", new FileInto(new FolderName("New/Folder"), true));
        mail.rule("discard", "SUBJECT discard", new Discard(false));
        for (Username user : List.of(ALICE, BOB)) {
            for (String subject : List.of(
                    "letter",
                    "invoice copy",
                    "invoice",
                    "invoice flag",
                    "copy flag",
                    "invoice copy flag",
                    "new",
                    "discard")) {
                mail.append(user, "INBOX", subject, "\\Flagged");
                mail.append(user, "INBOX", subject);
            }
            for (int i = 0; i < 3; i++) {
                // alike in everything that tells messages apart
                mail.append(user, "INBOX", "Subject: invoice\r\n\r\nalike\r\n", Instant.ofEpochSecond(1));
            }
        }
        return mail;
    }

    private static List<Map<String, List<String>>> all(RuleMail mail) throws Exception {
        return List.of(mail.mail(ALICE), mail.mail(BOB));
    }

    private static String plan(RuleMail mail) throws Exception {
        return mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id();
    }

    /** Carries the run out, the server ending at that point, and at that many points of each life after. */
    private static EndAt carryOut(RuleMail mail, Run run, int end, int endAgain) throws Exception {
        EndAt crashPoints = new EndAt(end);
        mail.restart(crashPoints);
        Run current = mail.runs.resume().stream()
                .filter(unfinished -> unfinished.id().equals(run.id()))
                .findFirst()
                .orElseThrow();
        int lives = 0;
        while (true) {
            try {
                assertThat(mail.runs.carryOut(current)).isEqualTo(RunEnd.COMPLETED);
                return crashPoints;
            } catch (ServerEnds e) {
                lives++;
                assertThat(lives).isLessThan(1_000);
                mail.restart(new EndAt(lives == 1 ? endAgain : NEVER));
                List<Run> unfinished = mail.runs.resume();
                assertThat(unfinished).hasSize(1);
                current = unfinished.get(0);
            }
        }
    }

    /** An undoing does not take away mailboxes that were made. */
    private static void assertStart(RuleMail mail, List<Map<String, List<String>>> start, String when)
            throws Exception {
        List<Map<String, List<String>>> now = all(mail);
        now.forEach(mailboxes -> mailboxes
                .entrySet()
                .removeIf(mailbox -> Set.of("New", "New.Folder", "Trash").contains(mailbox.getKey())
                        && mailbox.getValue().isEmpty()));
        assertThat(now).as(when).isEqualTo(start);
    }

    @Test
    void whereverTheServerEndsTheNextOneBringsTheRunToTheSameEndAndItCanBeUndone() throws Exception {
        List<Map<String, List<String>>> start;
        List<Map<String, List<String>>> end;
        int points;
        try (RuleMail mail = mail("whole")) {
            start = all(mail);
            points = carryOut(mail, mail.runs.apply(plan(mail)), NEVER, NEVER).reached;
            end = all(mail);
        }
        assertThat(points).isGreaterThan(60);
        try (RuleMail mail = mail("again and again")) {
            // every point is met within a few builds, or within one of the profile nightly
            int step = RandomRun.rounds(4, 1);
            int first = 1 + new Random(RandomRun.seed()).nextInt(step);
            for (int point = first; point <= points; point += step) {
                Run run = mail.runs.apply(plan(mail));
                carryOut(mail, run, point, 1 + point % 7);
                assertThat(all(mail)).as("ended at point " + point).isEqualTo(end);
                assertThat(mail.runs.findRun(run.id()).orElseThrow().counts())
                        .as("ended at point " + point)
                        .containsEntry("planned", 34L)
                        .containsEntry("changed", 34L);

                Run undo = mail.runs.undo(run.id());
                carryOut(mail, undo, 1 + point % 50, 1 + point % 3);
                assertStart(mail, start, "undone after it had ended at point " + point);
            }
        }
    }

    @Test
    void aMoveThatTheStoreLeftHalfDoneIsFinished() throws Exception {
        int step = RandomRun.rounds(4, 1);
        int first = 1 + new Random(RandomRun.seed()).nextInt(step);
        for (int move = first; move <= 12; move += step) {
            try (RuleMail mail = mail("half" + move)) {
                List<Map<String, List<String>>> start = all(mail);
                Run run = mail.runs.apply(plan(mail));
                mail.store.movesUntilHalfMove.set(move);
                mail.runs.carryOut(run);
                List<String> subjects = new ArrayList<>();
                mail.mail(ALICE).values().forEach(subjects::addAll);
                mail.mail(BOB).values().forEach(subjects::addAll);
                // 38 messages and a copy of each of 12: none more, whatever was moved
                assertThat(subjects).hasSize(50);

                Run undo = mail.runs.undo(run.id());
                mail.runs.carryOut(undo);
                assertStart(mail, start, "half move " + move);
            }
        }
    }

    @Test
    void aLineThatWasCutShortIsAsIfItWereNotThere() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int i = 0; i < RandomRun.rounds(3, 30); i++) {
            try (RuleMail mail = mail("torn" + i)) {
                List<Map<String, List<String>>> start = all(mail);
                Run run = mail.runs.apply(plan(mail));
                // after the change, its end noted but not on disk yet: some of the line is lost
                int point = 5 * (1 + random.nextInt(8));
                mail.restart(new EndAt(point));
                try {
                    mail.runs.carryOut(mail.runs.resume().get(0));
                } catch (ServerEnds e) {
                    tear(directory.resolve("torn" + i + "/rules/" + run.id() + ".journal"), random);
                }
                mail.restart(CrashPoints.NONE);
                for (Run unfinished : mail.runs.resume()) {
                    mail.runs.carryOut(unfinished);
                }
                assertThat(mail.runs.findRun(run.id()).orElseThrow().counts())
                        .as("seed " + seed)
                        .containsEntry("changed", 34L);
                mail.runs.carryOut(mail.runs.undo(run.id()));
                assertStart(mail, start, "seed " + seed);
            }
        }
    }

    private static void tear(Path journal, Random random) throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        Collections.reverse(lines);
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.setLength(file.length() - 1 - random.nextInt(lines.get(0).length()));
        }
    }
}
