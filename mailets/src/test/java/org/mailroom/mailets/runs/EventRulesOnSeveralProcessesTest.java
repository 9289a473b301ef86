/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.FolderRulesListener;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.testing.RandomRun;
import org.reactivestreams.Publisher;

/**
 * Rules at events in two processes over one store. As with James's RabbitMQ event bus, each event is heard by one of them,
 * whichever changed the mail.
 */
class EventRulesOnSeveralProcessesTest {
    private static final int PROCESSES = 2;

    private final List<RuleRuns> processes = new ArrayList<>();
    private final List<FolderRulesListener> listeners = new ArrayList<>();
    private final Random random = new Random(RandomRun.seed());
    private RuleMail mail;
    private volatile Optional<Integer> chosen = Optional.empty();

    @BeforeEach
    void openMailboxes(@TempDir Path directory) throws Exception {
        mail = new RuleMail(directory);
        for (String mailbox : List.of("INBOX", "Archive")) {
            mail.create(ALICE, mailbox);
        }
        for (int process = 0; process < PROCESSES; process++) {
            RuleRuns runs = mail.process(
                    new RunFiles(directory.resolve("rules-" + process)),
                    CrashPoints.NONE,
                    new NamedNode("node" + process, process == 0));
            processes.add(runs);
            listeners.add(new FolderRulesListener(runs));
        }
        mail.listen(new OneOfThem());
    }

    @AfterEach
    void close() throws Exception {
        for (RuleRuns process : processes) {
            process.close();
        }
        mail.runs.close();
        mail.close();
    }

    /** Has each event heard by one process. */
    private final class OneOfThem implements EventListener.ReactiveGroupEventListener {

        @Override
        public Group getDefaultGroup() {
            return new FolderRulesListener.FolderRulesGroup();
        }

        @Override
        public boolean isHandling(Event event) {
            return listeners.get(0).isHandling(event);
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            int process = chosen.orElseGet(() -> random.nextInt(PROCESSES));
            return listeners.get(process).reactiveEvent(event);
        }
    }

    private static List<String> all(int messages, String flags) {
        return IntStream.range(0, messages)
                .mapToObj(number -> "m%04d %s".formatted(number, flags))
                .toList();
    }

    private void soon(String mailbox, List<String> messages) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(mail.mail(ALICE).get(mailbox)).containsExactlyElementsOf(messages));
    }

    /** Returns when each process has done what events before this have it do, and what its own changes have another do. */
    private void allIsDone() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int process = 0; process < PROCESSES; process++) {
                chosen = Optional.of(process);
                String marker = "marker" + round + process;
                mail.flag(ALICE, "INBOX", mail.append(ALICE, "INBOX", marker), "\\Flagged");
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() ->
                                mail.mail(ALICE).get("Archive").stream().anyMatch(name -> name.startsWith(marker)));
            }
        }
    }

    private List<String> archived() throws Exception {
        return mail.mail(ALICE).get("Archive").stream()
                .filter(message -> !message.startsWith("marker"))
                .toList();
    }

    @Test
    void aRuleOnFlagsShouldCopyEachMessageOnce() throws Exception {
        int messages = RandomRun.rounds(200, 1_000);
        mail.ruleOn(
                Set.of(Trigger.FLAG),
                "Keep",
                "FLAGGED",
                new CopyInto(new FolderName("Archive"), false),
                new AddFlag(Set.of("$Kept")));
        List<Long> uids = new ArrayList<>();
        for (int number = 0; number < messages; number++) {
            uids.add(mail.append(ALICE, "INBOX", "m%04d".formatted(number)));
        }

        for (long uid : uids) {
            mail.flag(ALICE, "INBOX", uid, "\\Flagged");
        }

        soon("INBOX", all(messages, "[$Kept, \\Flagged]"));
        soon("Archive", all(messages, "[$Kept, \\Flagged]"));
        allIsDone();
        assertThat(archived()).containsExactlyElementsOf(all(messages, "[$Kept, \\Flagged]"));
    }

    @Test
    void rulesOnAppendShouldNotActOnWhatRulesCopiedOrMoved() throws Exception {
        int messages = 50;
        mail.ruleOn(Set.of(Trigger.FLAG), "File", "FLAGGED", new FileInto(new FolderName("Archive"), false));
        mail.rule(
                Set.of(Trigger.APPEND, Trigger.MOVE),
                Optional.empty(),
                "Back",
                new RuleFolders(List.of(new RuleFolders.Entry("Archive", false))),
                "ALL",
                new FileInto(new FolderName("INBOX"), false));
        for (int number = 0; number < messages; number++) {
            long uid = mail.append(ALICE, "INBOX", "m%04d".formatted(number));
            mail.flag(ALICE, "INBOX", uid, "\\Flagged");
        }

        soon("Archive", all(messages, "[\\Flagged]"));
        allIsDone();
        assertThat(archived()).containsExactlyElementsOf(all(messages, "[\\Flagged]"));
    }
}
