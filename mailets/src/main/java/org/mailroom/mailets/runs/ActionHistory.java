/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.mailroom.mailets.journal.BoundedId;
import org.mailroom.mailets.journal.JournalIndex;
import org.mailroom.mailets.journal.JournalKey;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.journal.Step;

/** Answers why a mail is where it is, from the index of the journals that are kept. Thread-safe. */
final class ActionHistory {
    private static final int MAX_LINES = 1_000;

    private final RunFiles files;

    ActionHistory(RunFiles files) {
        this.files = files;
    }

    /** A message at a place, as long as it was there. */
    private record Place(MailboxSnapshot mailbox, long uid, Instant until) {}

    /**
     * What was done to the message that is there, back to where it came from; oldest first. The newest thousand.
     *
     * @param messageId its Message-ID; empty where it has none, or is no longer there
     */
    List<ActionLine> of(String user, MailboxSnapshot mailbox, long uid, String messageId) throws IOException {
        Set<ActionLine> lines = new LinkedHashSet<>();
        Set<String> messageIds = new LinkedHashSet<>(Set.of(BoundedId.of(messageId)));
        Set<String> seen = new HashSet<>();
        Deque<Place> places = new ArrayDeque<>(List.of(new Place(mailbox, uid, Instant.MAX)));
        while (!places.isEmpty() && seen.size() < MAX_LINES) {
            Place place = places.remove();
            JournalKey key = JournalKey.place(place.mailbox(), place.uid());
            if (seen.add(key.text())) {
                files.index().find(key, hit -> {
                    if (hit instanceof JournalIndex.Change change
                            && change.intent().user().equals(user)
                            && !change.done().time().isAfter(place.until())) {
                        changesAt(change, key, messageIds, lines, places);
                    }
                    return lines.size() < MAX_LINES;
                });
            }
        }
        messageIds.remove("");
        for (String id : messageIds) {
            addNotes(
                    JournalKey.messageId(id),
                    note -> note.user().equals(user) && note.messageId().equals(id),
                    lines);
        }
        addNotes(
                JournalKey.note(user, mailbox.name(), uid),
                note -> note.user().equals(user)
                        && note.uid() == uid
                        && note.mailbox().equals(mailbox.name()),
                lines);
        return sorted(lines);
    }

    private static void changesAt(
            JournalIndex.Change change,
            JournalKey key,
            Set<String> messageIds,
            Set<ActionLine> lines,
            Deque<Place> from) {
        Intent intent = change.intent();
        for (MessageOutcome message : change.done().messages()) {
            JournalKey was = JournalKey.place(intent.mailbox(), message.uid());
            JournalKey is = JournalKey.place(intent.target(), message.newUid());
            if (message.end() == MessageOutcome.End.DONE && (key.equals(was) || key.equals(is))) {
                ActionLine line = line(change, message);
                lines.add(line);
                messageIds.add(line.messageId());
                from.add(
                        new Place(intent.mailbox(), message.uid(), change.done().time()));
            }
        }
    }

    /** What was done to all messages of that Message-ID, whoever has them; oldest first. The newest thousand. */
    List<ActionLine> of(String asked) throws IOException {
        String messageId = BoundedId.of(asked);
        Set<ActionLine> lines = new LinkedHashSet<>();
        JournalKey key = JournalKey.messageId(messageId);
        files.index().find(key, hit -> {
            if (hit instanceof JournalIndex.Change change) {
                change.done().messages().stream()
                        .filter(message -> message.end() == MessageOutcome.End.DONE)
                        .map(message -> line(change, message))
                        .filter(line -> line.messageId().equals(messageId))
                        .forEach(lines::add);
            } else if (hit instanceof JournalIndex.Note note
                    && note.noted().messageId().equals(messageId)) {
                lines.add(line(note.noted()));
            }
            return lines.size() < MAX_LINES;
        });
        return sorted(lines);
    }

    private void addNotes(JournalKey key, Predicate<Noted> wanted, Set<ActionLine> lines) throws IOException {
        int max = lines.size() + MAX_LINES;
        files.index().find(key, hit -> {
            if (hit instanceof JournalIndex.Note note && wanted.test(note.noted())) {
                lines.add(line(note.noted()));
            }
            return lines.size() < max;
        });
    }

    private static List<ActionLine> sorted(Set<ActionLine> lines) {
        List<ActionLine> sorted = new ArrayList<>(lines);
        // those of one moment were found the last first
        Collections.reverse(sorted);
        sorted.sort(Comparator.comparing(ActionLine::time));
        return sorted;
    }

    private static ActionLine line(JournalIndex.Change change, MessageOutcome message) {
        Intent intent = change.intent();
        Map<String, String> rules = new LinkedHashMap<>();
        intent.rules().forEach(rule -> rules.put(rule, change.started().rules().getOrDefault(rule, "")));
        return new ActionLine(
                change.done().time(),
                change.started().kind().name(),
                change.started().run(),
                rules,
                intent.user(),
                intent.mailbox().name(),
                message.uid(),
                intent.step().isFiling() ? intent.target().name() : "",
                message.newUid(),
                intent.messages().stream()
                        .filter(seen -> seen.uid() == message.uid())
                        .map(MessageSnapshot::messageId)
                        .findFirst()
                        .orElse(""),
                action(intent.step()));
    }

    private static ActionLine line(Noted note) {
        return new ActionLine(
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
                String.join("; ", note.actions()));
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
}
