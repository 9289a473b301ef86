/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.mailets.runs.journal.DoneMessage;
import org.mailroom.mailets.runs.journal.DoneMessage.End;
import org.mailroom.mailets.runs.journal.JournalRecord.Done;
import org.mailroom.mailets.runs.journal.JournalRecord.Intent;
import org.mailroom.mailets.runs.journal.MailboxAsSeen;
import org.mailroom.mailets.runs.journal.Plan;
import org.mailroom.mailets.runs.journal.RunFiles;
import org.mailroom.mailets.runs.journal.Step;

/**
 * Copies that other runs made since a plan was made. Copying leaves no trace in the message itself, so that two who plan
 * the same and apply it one after the other would make two copies.
 */
final class Copies {
    private final Set<Copied> made = new HashSet<>();

    private record Copied(MailboxAsSeen mailbox, long uid, String target) {}

    /** No copies. */
    static Copies none() {
        return new Copies();
    }

    /** What the journals tell, but that of {@code own}. */
    static Copies madeSince(Plan plan, RunFiles files, String own) throws IOException {
        Copies copies = new Copies();
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
        Set<MailboxAsSeen> planned =
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
                for (DoneMessage message : done.messages()) {
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
