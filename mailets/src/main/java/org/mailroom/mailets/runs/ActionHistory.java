/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailroom.mailets.runs.journal.BoundedId;
import org.mailroom.mailets.runs.journal.DoneMessage;
import org.mailroom.mailets.runs.journal.JournalRecord;
import org.mailroom.mailets.runs.journal.JournalRecord.Done;
import org.mailroom.mailets.runs.journal.JournalRecord.Intent;
import org.mailroom.mailets.runs.journal.JournalRecord.Noted;
import org.mailroom.mailets.runs.journal.JournalRecord.Started;
import org.mailroom.mailets.runs.journal.MailboxAsSeen;
import org.mailroom.mailets.runs.journal.RunFiles;
import org.mailroom.mailets.runs.journal.SeenMessage;
import org.mailroom.mailets.runs.journal.Step;

/** Why is this mail here? Reads the journals that are kept. Thread-safe. */
final class ActionHistory {
    private final RunFiles files;

    ActionHistory(RunFiles files) {
        this.files = files;
    }

    private record Place(MailboxAsSeen mailbox, long uid) {}

    /** One message of one journaled change. */
    private record Entry(ActionLine line, Place from, Place to) {}

    /**
     * What was done to the message that is there, back to where it came from; oldest first.
     *
     * @param messageId its Message-ID; empty where it has none, or is not there any more
     */
    List<ActionLine> of(String user, MailboxAsSeen mailbox, long uid, String messageId) throws IOException {
        Set<Place> places = new HashSet<>(Set.of(new Place(mailbox, uid)));
        Set<String> messageIds = new HashSet<>(Set.of(messageId));
        List<ActionLine> lines = new ArrayList<>();
        for (Entry entry : newestFirst()) {
            if (!entry.line().user().equals(user)) {
                continue;
            }
            if (places.contains(entry.to()) || places.contains(entry.from())) {
                places.add(entry.from());
                messageIds.add(entry.line().messageId());
                lines.add(0, entry.line());
            }
        }
        messageIds.remove("");
        lines.addAll(noted(note -> note.user().equals(user)
                && (messageIds.contains(note.messageId())
                        || note.uid() == uid && note.mailbox().equals(mailbox.name()))));
        lines.sort(Comparator.comparing(ActionLine::time));
        return lines;
    }

    /** What was done to all messages of that Message-ID, whoever has them; oldest first. */
    List<ActionLine> of(String asked) throws IOException {
        String messageId = BoundedId.of(asked);
        List<ActionLine> lines = new ArrayList<>();
        for (Entry entry : newestFirst()) {
            if (entry.line().messageId().equals(messageId)) {
                lines.add(0, entry.line());
            }
        }
        lines.addAll(noted(note -> note.messageId().equals(messageId)));
        lines.sort(Comparator.comparing(ActionLine::time));
        return lines;
    }

    private List<Entry> newestFirst() throws IOException {
        List<List<Entry>> runs = new ArrayList<>();
        for (String run : files.runs()) {
            List<Entry> entries = entries(files.readJournal(run).orElse(List.of()));
            if (!entries.isEmpty()) {
                runs.add(entries);
            }
        }
        runs.sort(Comparator.<List<Entry>, Instant>comparing(
                        entries -> entries.get(0).line().time())
                .reversed());
        List<Entry> all = new ArrayList<>();
        for (List<Entry> entries : runs) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                all.add(entries.get(i));
            }
        }
        return all;
    }

    private static List<Entry> entries(List<JournalRecord> journal) {
        List<Entry> entries = new ArrayList<>();
        Map<Long, Intent> intents = new HashMap<>();
        Started started = null;
        for (JournalRecord record : journal) {
            if (record instanceof Started first) {
                started = first;
            } else if (record instanceof Intent intent) {
                intents.put(intent.number(), intent);
            } else if (record instanceof Done done) {
                Intent intent = intents.remove(done.number());
                if (started != null && intent != null) {
                    addEntries(entries, started, intent, done);
                }
            }
        }
        return entries;
    }

    private static void addEntries(List<Entry> entries, Started started, Intent intent, Done done) {
        Map<Long, SeenMessage> seen = new HashMap<>();
        intent.messages().forEach(message -> seen.put(message.uid(), message));
        Map<String, String> rules = new LinkedHashMap<>();
        intent.rules().forEach(rule -> rules.put(rule, started.rules().getOrDefault(rule, "")));
        Function<DoneMessage, ActionLine> line = message -> new ActionLine(
                done.time(),
                started.kind().name(),
                started.run(),
                rules,
                intent.user(),
                intent.mailbox().name(),
                message.uid(),
                intent.step().isFiling() ? intent.target().name() : "",
                message.newUid(),
                seen.get(message.uid()).messageId(),
                action(intent.step()));
        done.messages().stream()
                .filter(message -> message.end() == DoneMessage.End.DONE)
                .forEach(message -> entries.add(new Entry(
                        line.apply(message),
                        new Place(intent.mailbox(), message.uid()),
                        new Place(intent.target(), message.newUid()))));
    }

    private static String action(Step step) {
        String flags = String.join(" ", step.flags());
        return switch (step.act()) {
            case ADD_FLAGS -> "flags added: " + flags;
            case REMOVE_FLAGS -> "flags removed: " + flags;
            case SET_FLAGS -> "flags set: " + flags;
            case COPY -> "copied into " + step.mailbox();
            case MOVE -> "moved into " + step.mailbox();
            case EXPUNGE -> "expunged";
        };
    }

    private List<ActionLine> noted(Predicate<Noted> wanted) throws IOException {
        List<ActionLine> lines = new ArrayList<>();
        for (String name : files.notes()) {
            files.visitNotes(name, entry -> {
                if (entry instanceof Noted note && wanted.test(note)) {
                    lines.add(new ActionLine(
                            note.time(),
                            note.occasion(),
                            "",
                            note.rules(),
                            note.user(),
                            note.mailbox(),
                            note.uid(),
                            "",
                            0,
                            note.messageId(),
                            String.join("; ", note.actions())));
                }
            });
        }
        return lines;
    }
}
