/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.RuleValidity;
import org.mailroom.mailets.rules.Trigger;

/** Rules that act when clients change mail. A message that a rule of the same kind acts on last tells that all before it were looked at. */
class EventRulesTest {
    private static final String MARKER = "marker";

    private RuleMail mail;

    @BeforeEach
    void openMailboxes(@TempDir Path directory) throws Exception {
        mail = RuleMail.withoutMessageIds(directory);
        for (String mailbox : List.of("INBOX", "Archive", "Other")) {
            mail.create(ALICE, mailbox);
        }
        mail.listen();
    }

    @AfterEach
    void close() throws Exception {
        mail.runs.close();
        mail.close();
    }

    private void within(Duration time, String mailbox, String... messages) {
        await().atMost(time)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(mail.mail(ALICE).get(mailbox)).containsExactly(messages));
    }

    private void soon(String mailbox, String... messages) {
        within(Duration.ofSeconds(10), mailbox, messages);
    }

    /** Returns when all that was appended before has been looked at. */
    private void lookedAtAllBefore() throws Exception {
        mail.append(ALICE, "INBOX", MARKER);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(mail.mail(ALICE).get("INBOX")).contains(MARKER + " [$Marked]"));
    }

    private void markerRule(Trigger... on) {
        mail.ruleOn(Set.of(on), "Marker", "SUBJECT " + MARKER, new AddFlag(Set.of("$Marked")));
    }

    @Test
    void aMessageThatAClientAppendsIsFiled() throws Exception {
        mail.ruleOn(Set.of(Trigger.APPEND), "Bills", "SUBJECT bill", new FileInto(new FolderName("Archive"), false));

        mail.append(ALICE, "INBOX", "a bill");
        mail.append(ALICE, "INBOX", "a letter");

        soon("Archive", "a bill []");
        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("a letter []");
    }

    @Test
    void aRuleThatIsDisabledOrHasExpiredDoesNotAct() throws Exception {
        for (RuleValidity validity : List.of(
                new RuleValidity(false, Optional.empty()), new RuleValidity(true, Optional.of(Instant.EPOCH)))) {
            mail.ruleOn(Set.of(Trigger.APPEND), validity.toString(), "SUBJECT bill", new AddFlag(Set.of("$Bill")));
            mail.limit(validity.toString(), validity);
        }
        markerRule(Trigger.APPEND);

        mail.append(ALICE, "INBOX", "a bill");
        lookedAtAllBefore();

        assertThat(mail.mail(ALICE).get("INBOX")).contains("a bill []");
    }

    @Test
    void moveRulesActOnMovesOnlyAndAppendRulesOnAppends() throws Exception {
        mail.ruleOn(Set.of(Trigger.MOVE), "Moved", "ALL", new AddFlag(Set.of("$Moved")));
        mail.ruleOn(Set.of(Trigger.APPEND), "Appended", "ALL", new AddFlag(Set.of("$Appended")));

        mail.append(ALICE, "INBOX", "appended");
        long uid = mail.append(ALICE, "Other", "moved");
        mail.move(ALICE, "Other", uid, "INBOX");

        soon("INBOX", "appended [$Appended]", "moved [$Moved]");
    }

    @Test
    void aChangedFlagIsAnOccasionAndTheRulesOwnIsNone() throws Exception {
        mail.ruleOn(Set.of(Trigger.FLAG), "Flagged", "FLAGGED", new AddFlag(Set.of("$One")));
        mail.ruleOn(Set.of(Trigger.FLAG), "Of the rule", "KEYWORD $One", new AddFlag(Set.of("$Two")));
        long uid = mail.append(ALICE, "INBOX", "letter");
        long last = mail.append(ALICE, "INBOX", "last");

        mail.flag(ALICE, "INBOX", uid, "\\Flagged");
        soon("INBOX", "last []", "letter [$One, \\Flagged]");
        mail.flag(ALICE, "INBOX", last, "\\Flagged");
        soon("INBOX", "last [$One, \\Flagged]", "letter [$One, \\Flagged]");
    }

    @Test
    void aRuleOnFlagsCopiesAMessageOnceEvenAfterARestart() throws Exception {
        mail.ruleOn(
                Set.of(Trigger.FLAG),
                "Keep",
                "FLAGGED",
                new CopyInto(new FolderName("Archive"), false),
                new AddFlag(Set.of("$Kept")));
        long uid = mail.append(ALICE, "INBOX", "letter");

        mail.flag(ALICE, "INBOX", uid, "\\Flagged");
        soon("Archive", "letter [$Kept, \\Flagged]");
        mail.unflag(ALICE, "INBOX", uid, "$Kept");
        soon("INBOX", "letter [$Kept, \\Flagged]");
        assertThat(mail.mail(ALICE).get("Archive")).hasSize(1);

        mail.runs.close();
        mail.nextLife();
        mail.listenAgain();
        mail.unflag(ALICE, "INBOX", uid, "$Kept");
        soon("INBOX", "letter [$Kept, \\Flagged]");
        assertThat(mail.mail(ALICE).get("Archive")).hasSize(1);
    }

    @Test
    void whatRulesDoAtEventsIsAnsweredForAndUndone() throws Exception {
        mail.ruleOn(Set.of(Trigger.APPEND), "Bills", "SUBJECT bill", new FileInto(new FolderName("Archive"), false));
        mail.append(ALICE, "INBOX", "first bill");
        soon("Archive", "first bill []");
        mail.append(ALICE, "INBOX", "second bill");
        soon("Archive", "first bill []", "second bill []");

        await().untilAsserted(() -> assertThat(mail.runs.why(ALICE, "Archive", 2))
                .extracting(ActionLine::action)
                .containsExactly("moved into Archive"));
        assertThat(mail.runs.runs()).hasSize(1);
        RunReport report = mail.runs.runs().get(0);
        assertThat(report.state()).isEqualTo("RUNNING");
        assertThat(report.of()).isEqualTo("events");

        mail.runs.carryOut(mail.runs.undo(report.id()));

        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("first bill []", "second bill []");
        assertThat(mail.mail(ALICE).get("Archive")).isEmpty();
        mail.append(ALICE, "INBOX", "third bill");
        soon("Archive", "third bill []");
    }

    @Test
    void undoingLeavesWhatAClientTouchedBetweenTwoTurnsOfARule() throws Exception {
        mail.ruleOn(Set.of(Trigger.FLAG), "Flagged", "FLAGGED", new AddFlag(Set.of("$One")));
        long uid = mail.append(ALICE, "INBOX", "letter");
        mail.flag(ALICE, "INBOX", uid, "\\Flagged");
        soon("INBOX", "letter [$One, \\Flagged]");
        mail.flag(ALICE, "INBOX", uid, "\\Answered");
        mail.unflag(ALICE, "INBOX", uid, "$One");
        soon("INBOX", "letter [$One, \\Answered, \\Flagged]");

        mail.runs.carryOut(mail.runs.undo(mail.runs.runs().get(0).id()));

        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("letter [\\Answered, \\Flagged]");
    }

    @Test
    void pastALimitMessagesAreLeftAloneAndTheRunSaysSo() throws Exception {
        mail.limits = RuleMail.limits(1_000, 1_000, 3);
        mail.ruleOn(Set.of(Trigger.APPEND), "Bills", "SUBJECT bill", new FileInto(new FolderName("Archive"), false));

        for (int i = 0; i < 5; i++) {
            mail.append(ALICE, "INBOX", "bill " + i);
        }

        await().untilAsserted(
                        () -> assertThat(mail.runs.runs()).singleElement().satisfies(run -> assertThat(run.problems())
                                .anyMatch(problem -> problem.contains("within a minute"))));
        assertThat(mail.mail(ALICE).get("Archive")).hasSize(3);
        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(2);
    }

    @Test
    void overQuotaAMessageStaysAsItWasAndTheRunSaysSo() throws Exception {
        mail.ruleOn(
                Set.of(Trigger.APPEND),
                "Bills",
                "SUBJECT bill",
                new AddFlag(Set.of("$Bill")),
                new CopyInto(new FolderName("Archive"), false));
        mail.quota(ALICE, 1);
        mail.append(ALICE, "INBOX", "bill");

        await().untilAsserted(
                        () -> assertThat(mail.runs.runs()).singleElement().satisfies(run -> assertThat(run.problems())
                                .anyMatch(problem -> problem.contains("alice is over quota"))));
        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("bill []");
        assertThat(mail.mail(ALICE).get("Archive")).isEmpty();
    }

    @Test
    void aMailboxThatIsDeletedAtOnceIsNoMatterForRules() throws Exception {
        markerRule(Trigger.APPEND);
        mail.rule(
                Set.of(Trigger.APPEND),
                Optional.empty(),
                "Bills",
                new RuleFolders(List.of(new RuleFolders.Entry("Other", false))),
                "SUBJECT bill",
                new FileInto(new FolderName("Archive"), false));
        mail.append(ALICE, "Other", "a bill");
        mail.mailboxes.deleteMailbox(MailboxPath.forUser(ALICE, "Other"), mail.session(ALICE));

        lookedAtAllBefore();

        assertThat(mail.mail(ALICE).get("Archive")).isEmpty();
        assertThat(mail.runs.runs())
                .allSatisfy(run -> assertThat(run.problems()).isEmpty());
    }

    @Test
    void whatChangesWhenTheServerEndsIsLeftAlone() throws Exception {
        mail.ruleOn(Set.of(Trigger.APPEND), "Bills", "SUBJECT bill", new FileInto(new FolderName("Archive"), false));
        mail.append(ALICE, "INBOX", "first bill");
        soon("Archive", "first bill []");
        mail.runs.close();
        long uid = mail.append(ALICE, "INBOX", "second bill");

        mail.runs
                .onEvents()
                .applyNow(Trigger.APPEND, ALICE, mail.mailbox(ALICE, "INBOX").getId(), Uids.of(uid));

        assertThat(mail.mail(ALICE).get("INBOX")).containsExactly("second bill []");
        assertThat(mail.runs.runs()).extracting(RunReport::state).containsExactly("COMPLETED");
    }

    /** Not an exception: nothing of what runs may catch it. */
    private static final class ServerEnds extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The server ends at the n-th point of what rules do at an event. */
    private void endsAt(int point) throws Exception {
        AtomicInteger left = new AtomicInteger(point);
        CountDownLatch ended = new CountDownLatch(1);
        mail.restart(reached -> {
            if (left.decrementAndGet() == 0) {
                ended.countDown();
                throw new ServerEnds();
            }
        });
        mail.listenAgain();
        mail.append(ALICE, "INBOX", "bill " + point);
        assertThat(ended.await(10, TimeUnit.SECONDS)).as("point " + point).isTrue();
        await().until(() ->
                mail.runs.runs().stream().noneMatch(run -> run.state().equals("RUNNING")));
    }

    @Test
    void whatWasBegunWhenTheServerEndedIsBroughtToItsEndAndUndone() throws Exception {
        mail.ruleOn(
                Set.of(Trigger.APPEND),
                "Bills",
                "SUBJECT bill",
                new AddFlag(Set.of("$Bill")),
                new CopyInto(new FolderName("Other"), false),
                new FileInto(new FolderName("Archive"), false));
        int points = 3 * CrashPoints.Point.values().length;
        for (int point = 1; point <= points; point++) {
            endsAt(point);
            mail.nextLife();
            for (Run unfinished : mail.runs.resume()) {
                mail.runs.carryOut(unfinished);
            }

            String bill = "bill " + point;
            if (point == 1) {
                // before anything was written down
                assertThat(mail.mail(ALICE).get("INBOX")).contains(bill + " []");
                continue;
            }
            assertThat(mail.mail(ALICE).get("INBOX")).noneMatch(message -> message.startsWith(bill + " "));
            assertThat(mail.mail(ALICE).get("Other")).containsExactly(bill + " [$Bill]");
            assertThat(mail.mail(ALICE).get("Archive")).containsExactly(bill + " [$Bill]");
            RunReport run = mail.runs.runs().stream()
                    .filter(known -> known.of().equals("events"))
                    .max(Comparator.comparing(RunReport::started))
                    .orElseThrow();
            assertThat(run.state()).isEqualTo("COMPLETED");

            mail.runs.carryOut(mail.runs.undo(run.id()));
            assertThat(mail.mail(ALICE).get("INBOX")).contains(bill + " []");
            assertThat(mail.mail(ALICE).get("Other")).isEmpty();
            assertThat(mail.mail(ALICE).get("Archive")).isEmpty();
        }
    }

    @Test
    void whatDeliveryNotedIsReportedOfTheMessageThatCame() throws Exception {
        long uid = mail.append(ALICE, "INBOX", "delivered");
        mail.runs
                .notes()
                .note(new Noted(
                        Instant.now(),
                        "delivery",
                        Map.of("Rule", "1"),
                        "alice",
                        "INBOX",
                        0,
                        "<1@example.org>",
                        List.of("filed into INBOX")));

        assertThat(mail.runs.why(ALICE, "INBOX", uid))
                .extracting(ActionLine::action)
                .containsExactly("filed into INBOX");
        assertThat(mail.runs.why("<1@example.org>")).hasSize(1);
    }

    @Test
    void aMissingFolderLeavesTheMessage() throws Exception {
        markerRule(Trigger.APPEND);
        mail.ruleOn(Set.of(Trigger.APPEND), "Bills", "SUBJECT bill", new FileInto(new FolderName("Nowhere"), false));
        mail.append(ALICE, "INBOX", "a bill");

        lookedAtAllBefore();

        assertThat(mail.mail(ALICE).get("INBOX")).contains("a bill []");
        assertThat(mail.mail(ALICE)).doesNotContainKey("Nowhere");
    }

    @Test
    void aFloodIsDealtWithByMailbox() throws Exception {
        mail.ruleOn(Set.of(Trigger.APPEND), "All", "ALL", new FileInto(new FolderName("Archive"), false));

        for (int i = 0; i < 500; i++) {
            mail.append(ALICE, "INBOX", "m" + i);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mail.mail(ALICE).get("Archive")).hasSize(500));
        assertThat(mail.mail(ALICE).get("INBOX")).isEmpty();
    }

    @Test
    void fuzzyMeansOnStoredMailWhatItMeansAtDelivery() throws Exception {
        markerRule(Trigger.APPEND);
        mail.ruleOn(Set.of(Trigger.APPEND), "Alike", "FUZZY SUBJECT meetings", new AddFlag(Set.of("$Alike")));
        mail.append(ALICE, "INBOX", "a meeting");
        mail.append(ALICE, "INBOX", "two meetings");

        lookedAtAllBefore();

        assertThat(mail.mail(ALICE).get("INBOX")).contains("a meeting []", "two meetings [$Alike]");
    }
}
