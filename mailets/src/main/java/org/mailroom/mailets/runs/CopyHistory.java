/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailroom.mailets.journal.JournalIndex.Change;
import org.mailroom.mailets.journal.JournalIndex.Hit;
import org.mailroom.mailets.journal.JournalKey;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageOutcome.End;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.journal.Step;

/**
 * Remembers which messages rules have copied where, so that rules that act by themselves and meet the same message
 * again and again copy it once into a folder: a copy leaves no trace in the message.
 *
 * <p>The journals hold this history: it is as durable as they are, and goes with them when they age. A message that
 * leaves its mailbox and comes back is another one. A filter of fixed size, made of the journals at the first question,
 * knows nearly all messages that were not copied; for the others the index of the journals is asked. Thread-safe.
 */
final class CopyHistory {
    /** Beyond, the index is asked more often than needed. */
    private static final int COPIES = 1_000_000;

    private static final double NEEDLESS = 0.01;

    private final RunFiles files;

    @GuardedBy("this")
    private Optional<BloomFilter<CharSequence>> copied = Optional.empty();

    CopyHistory(RunFiles files) {
        this.files = files;
    }

    /** Whether that message of {@code mailbox} was copied into the mailbox called {@code target}. */
    synchronized boolean isMade(MailboxSnapshot mailbox, long uid, String target) throws IOException {
        if (copied.isEmpty()) {
            copied = Optional.of(read());
        }
        JournalKey key = JournalKey.copy(mailbox, uid, target);
        if (!copied.get().mightContain(key.text())) {
            return false;
        }
        AtomicBoolean found = new AtomicBoolean();
        files.index().find(key, hit -> {
            found.set(tells(hit, key));
            return !found.get();
        });
        return found.get();
    }

    private static boolean tells(Hit hit, JournalKey key) {
        return hit instanceof Change change
                && change.intent().step().act() == Step.Act.COPY
                && change.done().messages().stream()
                        .filter(message -> message.end() == End.DONE)
                        .anyMatch(message -> key(change.intent(), message.uid()).equals(key));
    }

    private static JournalKey key(Intent intent, long uid) {
        return JournalKey.copy(intent.mailbox(), uid, intent.target().name());
    }

    /** Receives each change after the journal. */
    synchronized void made(Intent intent, Done done) {
        // before it is read there is nothing to add to: the journal has it
        copied.ifPresent(known -> add(known, intent, done));
    }

    private BloomFilter<CharSequence> read() throws IOException {
        BloomFilter<CharSequence> read =
                BloomFilter.create(Funnels.stringFunnel(StandardCharsets.UTF_8), COPIES, NEEDLESS);
        for (String run : files.runs()) {
            Map<Long, Intent> copies = new HashMap<>();
            files.visitJournal(run, entry -> {
                if (entry instanceof Intent intent && intent.step().act() == Step.Act.COPY) {
                    copies.put(intent.number(), intent);
                } else if (entry instanceof Done done) {
                    Optional.ofNullable(copies.remove(done.number())).ifPresent(copy -> add(read, copy, done));
                }
            });
        }
        return read;
    }

    private static void add(BloomFilter<CharSequence> copied, Intent intent, Done done) {
        if (intent.step().act() == Step.Act.COPY) {
            done.messages().stream()
                    .filter(message -> message.end() == End.DONE)
                    .forEach(message -> copied.put(key(intent, message.uid()).text()));
        }
    }
}
