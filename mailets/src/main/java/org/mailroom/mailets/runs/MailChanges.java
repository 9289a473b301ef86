/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageOutcome.End;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Uids;

/**
 * Makes an intended change, and finds out what became of it. The two are apart, so that the second can follow after a
 * restart of the server: the store's own answer to the change makes the finding surer, but is not needed.
 *
 * <p>A message that is like one that was to be moved may come into the target at the same moment from somebody else. So
 * where the store did not say what it put there, nothing is removed because of likeness alone.
 */
final class MailChanges {
    /** James's stores take the messages of a range into memory. */
    private static final long RANGE_OCTETS = 32L << 20;

    private final MailStoreAccess store;

    MailChanges(MailStoreAccess store) {
        this.store = store;
    }

    /**
     * Begins, and usually ends, the change.
     *
     * @return the uids that came into the target by it
     * @throws MailboxException where not all of it could be made; {@link #settle} tells for which messages it was
     */
    Uids make(Intent intent) throws MailboxException {
        return Uids.of(store.with(intent.user(), intent.mailbox(), (mailbox, session) -> {
                    LongStream.Builder arrived = LongStream.builder();
                    for (MessageRange range : ranges(intent)) {
                        for (MessageRange there : make(intent, range, mailbox, session)) {
                            uids(there).forEach(uid -> arrived.add(uid.asLong()));
                        }
                    }
                    return arrived.build();
                })
                .orElseGet(LongStream::empty));
    }

    private List<MessageRange> make(Intent intent, MessageRange range, OpenMailbox mailbox, MailboxSession session)
            throws MailboxException {
        MailboxId from = mailbox.messages().getId();
        MailboxId to = store.id(intent.target());
        Set<String> flags = intent.step().flags();
        switch (intent.step().act()) {
            case ADD_FLAGS -> setFlags(mailbox, flags, FlagsUpdateMode.ADD, range, session);
            case REMOVE_FLAGS -> setFlags(mailbox, flags, FlagsUpdateMode.REMOVE, range, session);
            case SET_FLAGS -> setFlags(mailbox, flags, FlagsUpdateMode.REPLACE, range, session);
            case COPY -> {
                return store.mailboxes().copyMessages(range, from, to, session);
            }
            case MOVE -> {
                return store.mailboxes().moveMessages(range, from, to, session);
            }
            case EXPUNGE -> mailbox.messages().delete(uids(range), session);
        }
        return List.of();
    }

    private static void setFlags(
            OpenMailbox mailbox, Set<String> flags, FlagsUpdateMode mode, MessageRange range, MailboxSession session)
            throws MailboxException {
        mailbox.messages().setFlags(JamesFlags.ofNames(flags), mode, range, session);
    }

    private static List<MessageUid> uids(MessageRange range) {
        List<MessageUid> uids = new ArrayList<>();
        range.iterator().forEachRemaining(uids::add);
        return uids;
    }

    private static List<MessageRange> ranges(Intent intent) {
        List<MessageRange> ranges = new ArrayList<>();
        long first = 0;
        long last = 0;
        long octets = 0;
        for (MessageSnapshot message : intent.messages()) {
            octets += message.identity().size();
            if (first > 0 && message.uid() == last + 1 && octets <= RANGE_OCTETS) {
                last = message.uid();
            } else {
                addRange(ranges, first, last);
                first = message.uid();
                last = first;
                octets = message.identity().size();
            }
        }
        addRange(ranges, first, last);
        return ranges;
    }

    private static void addRange(List<MessageRange> ranges, long first, long last) {
        if (first > 0) {
            ranges.add(MessageRange.range(MessageUid.of(first), MessageUid.of(last)));
        }
    }

    /**
     * What has become of each message of an intent, whether the change was made wholly, in part or not at all. Where a
     * store copies and then deletes to move, and was stopped in between, the deletion is made up for: such stores have ids
     * of messages, which say that it is the same one. Those without, as JPA, make all of a move or nothing.
     *
     * @param arrived what {@link #make} returned; empty where it did not come to that
     * @throws MailboxException where the store cannot be read
     */
    Done settle(Intent intent, Optional<Uids> arrived, Instant now) throws MailboxException {
        List<MessageOutcome> messages =
                switch (intent.step().act()) {
                    case ADD_FLAGS, REMOVE_FLAGS, SET_FLAGS -> settleFlags(intent);
                    case COPY -> settleCopy(intent, arrived);
                    case MOVE -> settleMove(intent, arrived);
                    case EXPUNGE -> settleExpunge(intent);
                };
        return new Done(now, intent.number(), messages);
    }

    private List<MessageOutcome> settleFlags(Intent intent) throws MailboxException {
        SortedMap<Long, Set<String>> flags = flagsOf(intent);
        return intent.messages().stream()
                .map(message -> settleFlags(intent.step(), message, Optional.ofNullable(flags.get(message.uid()))))
                .toList();
    }

    private static MessageOutcome settleFlags(Step step, MessageSnapshot message, Optional<Set<String>> flags) {
        if (flags.isEmpty()) {
            return gone(message);
        }
        // somebody may have changed other flags at the same time: the step was made where it would change nothing now
        return FlagWords.same(FlagWords.after(step, flags.get()), flags.get())
                ? new MessageOutcome(message.uid(), End.DONE, 0, flags.get())
                : notDone(message);
    }

    private List<MessageOutcome> settleExpunge(Intent intent) throws MailboxException {
        SortedMap<Long, Set<String>> flags = flagsOf(intent);
        return intent.messages().stream()
                .map(message -> flags.containsKey(message.uid())
                        ? notDone(message)
                        : new MessageOutcome(message.uid(), End.DONE, 0, Set.of()))
                .toList();
    }

    private List<MessageOutcome> settleCopy(Intent intent, Optional<Uids> known) throws MailboxException {
        Map<Long, MessageSnapshot> copies = arrived(intent, known).take(intent.messages());
        SortedMap<Long, Set<String>> sources = flagsOf(intent);
        return intent.messages().stream()
                .map(message -> {
                    if (copies.containsKey(message.uid())) {
                        return done(message, copies.get(message.uid()));
                    }
                    return sources.containsKey(message.uid()) ? notDone(message) : gone(message);
                })
                .toList();
    }

    private List<MessageOutcome> settleMove(Intent intent, Optional<Uids> known) throws MailboxException {
        SortedMap<Long, Set<String>> sources = flagsOf(intent);
        Placement arrived = arrived(intent, known);
        // first those that have left their mailbox: where messages are alike, what arrived is theirs
        List<MessageSnapshot> left = intent.messages().stream()
                .filter(message -> !sources.containsKey(message.uid()))
                .toList();
        Map<Long, MessageSnapshot> moved = new HashMap<>(arrived.take(left));
        Map<Long, MessageSnapshot> doubled = arrived.takeSame(stored(intent, sources.keySet()));
        if (!doubled.isEmpty()) {
            deleteSources(intent, Uids.of(doubled.keySet().stream().mapToLong(uid -> uid)));
            moved.putAll(doubled);
        }
        return intent.messages().stream()
                .map(message -> {
                    if (moved.containsKey(message.uid())) {
                        return done(message, moved.get(message.uid()));
                    }
                    return sources.containsKey(message.uid()) ? notDone(message) : gone(message);
                })
                .toList();
    }

    private void deleteSources(Intent intent, Uids uids) throws MailboxException {
        store.with(intent.user(), intent.mailbox(), (mailbox, session) -> {
            mailbox.messages().delete(uids.stream().mapToObj(MessageUid::of).toList(), session);
            return true;
        });
    }

    private Placement arrived(Intent intent, Optional<Uids> known) throws MailboxException {
        SortedMap<Long, StoredMessage> there = store.with(
                        intent.user(), intent.target(), (mailbox, session) -> mailbox.readFrom(intent.targetUidNext()))
                .orElseGet(TreeMap::new);
        known.ifPresent(uids -> there.keySet().retainAll(uids.stream().boxed().collect(Collectors.toSet())));
        return new Placement(there.values());
    }

    private Collection<StoredMessage> stored(Intent intent, Set<Long> uids) throws MailboxException {
        return uids.isEmpty()
                ? List.of()
                : store.with(
                                intent.user(),
                                intent.mailbox(),
                                (mailbox, session) ->
                                        mailbox.read(Uids.of(uids.stream().mapToLong(uid -> uid))))
                        .map(SortedMap::values)
                        .orElse(List.of());
    }

    private SortedMap<Long, Set<String>> flagsOf(Intent intent) throws MailboxException {
        Uids uids = Uids.of(intent.messages().stream().mapToLong(MessageSnapshot::uid));
        return store.with(intent.user(), intent.mailbox(), (mailbox, session) -> mailbox.readFlags(uids))
                .orElseGet(TreeMap::new);
    }

    private static MessageOutcome done(MessageSnapshot message, MessageSnapshot there) {
        return new MessageOutcome(message.uid(), End.DONE, there.uid(), there.flags());
    }

    private static MessageOutcome notDone(MessageSnapshot message) {
        return new MessageOutcome(message.uid(), End.NOT_DONE, 0, Set.of());
    }

    private static MessageOutcome gone(MessageSnapshot message) {
        return new MessageOutcome(message.uid(), End.GONE, 0, Set.of());
    }
}
