/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageOutcome.End;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.journal.Step;

/**
 * Finds the copies that other runs made since a plan was made. Copying leaves no trace in the message itself, so
 * without this two administrators who plan the same and apply it one after the other would make two copies.
 */
final class CopiesSincePlan {
    private final Set<Copied> made = new HashSet<>();

    private record Copied(MailboxSnapshot mailbox, long uid, String target) {}

    /** No copies. */
    static CopiesSincePlan none() {
        return new CopiesSincePlan();
    }

    /** What the journals tell, but that of {@code own}. */
    static CopiesSincePlan madeSince(Plan plan, RunFiles files, String own) throws IOException {
        CopiesSincePlan copies = new CopiesSincePlan();
        boolean copying = plan.groups().stream()
                .flatMap(group -> group.steps().stream())
                .anyMatch(step -> step.act() == Step.Act.COPY);
        if (copying) {
            for (String run : files.runsWrittenSince(plan.created())) {
                if (!run.equals(own)) {
                    copies.add(plan, files, run);
                }
            }
        }
        return copies;
    }

    private void add(Plan plan, RunFiles files, String run) throws IOException {
        Set<MailboxSnapshot> planned =
                plan.groups().stream().map(Plan.Group::mailbox).collect(Collectors.toSet());
        Map<Long, Intent> intents = new HashMap<>();
        files.visitJournal(run, entry -> {
            if (entry instanceof Intent intent
                    && intent.step().act() == Step.Act.COPY
                    && planned.contains(intent.mailbox())) {
                intents.put(intent.number(), intent);
            } else if (entry instanceof Done done
                    && intents.containsKey(done.number())
                    && !done.time().isBefore(plan.created())) {
                Intent intent = intents.remove(done.number());
                for (MessageOutcome message : done.messages()) {
                    if (message.end() == End.DONE) {
                        made.add(new Copied(
                                intent.mailbox(), message.uid(), intent.target().name()));
                    }
                }
            }
        });
    }

    /** Whether one of the copies that {@code group} makes of a message is there. */
    boolean isMade(Plan.Group group, long uid) {
        return group.steps().stream()
                .anyMatch(step ->
                        step.act() == Step.Act.COPY && made.contains(new Copied(group.mailbox(), uid, step.mailbox())));
    }
}
