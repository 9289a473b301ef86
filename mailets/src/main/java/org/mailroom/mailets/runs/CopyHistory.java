/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailroom.mailets.runs.journal.DoneMessage;
import org.mailroom.mailets.runs.journal.DoneMessage.End;
import org.mailroom.mailets.runs.journal.JournalRecord.Done;
import org.mailroom.mailets.runs.journal.JournalRecord.Intent;
import org.mailroom.mailets.runs.journal.MailboxAsSeen;
import org.mailroom.mailets.runs.journal.RunFiles;
import org.mailroom.mailets.runs.journal.Step;

/**
 * Which messages rules have copied where. Rules that act by themselves meet the same message again and again, and a copy
 * leaves no trace in it; so they copy one message of one mailbox into one folder once.
 *
 * <p>It is what the journals tell: as durable as they are, and forgotten, as they are, with age. A message that leaves its
 * mailbox and comes back is another one. Read when first asked, then kept in memory. Thread-safe.
 */
final class CopyHistory {
    private final RunFiles files;
    private Optional<Map<Way, Set<Long>>> copied = Optional.empty();

    private record Way(String mailbox, long uidValidity, String target) {}

    CopyHistory(RunFiles files) {
        this.files = files;
    }

    /** Whether that message of {@code mailbox} was copied into the mailbox called {@code target}. */
    synchronized boolean isMade(MailboxAsSeen mailbox, long uid, String target) throws IOException {
        if (copied.isEmpty()) {
            Map<Way, Set<Long>> read = new HashMap<>();
            for (String run : files.runs()) {
                read(read, run);
            }
            copied = Optional.of(read);
        }
        return copied.get().getOrDefault(way(mailbox, target), Set.of()).contains(uid);
    }

    /** Told of each change after the journal. */
    synchronized void made(Intent intent, Done done) {
        // before it is read there is nothing to add to: the journal has it
        copied.ifPresent(known -> add(known, intent, done));
    }

    private void read(Map<Way, Set<Long>> copied, String run) throws IOException {
        Map<Long, Intent> intents = new HashMap<>();
        files.visitJournal(run, entry -> {
            if (entry instanceof Intent intent && intent.step().act() == Step.Act.COPY) {
                intents.put(intent.number(), intent);
            } else if (entry instanceof Done done && intents.containsKey(done.number())) {
                add(copied, intents.remove(done.number()), done);
            }
        });
    }

    private static void add(Map<Way, Set<Long>> copied, Intent intent, Done done) {
        if (intent.step().act() == Step.Act.COPY) {
            Set<Long> uids =
                    copied.computeIfAbsent(way(intent.mailbox(), intent.target().name()), first -> new HashSet<>());
            done.messages().stream()
                    .filter(message -> message.end() == End.DONE)
                    .map(DoneMessage::uid)
                    .forEach(uids::add);
        }
    }

    private static Way way(MailboxAsSeen mailbox, String target) {
        return new Way(mailbox.id(), mailbox.uidValidity(), target);
    }
}
