/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.events.Event;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.mailroom.mailbox.sync.SteppedStore.Box;
import org.mailroom.mailbox.sync.SteppedStore.Change;
import org.mailroom.mailbox.sync.SteppedStore.Row;

/** Makes changes as James's stores do, in their steps: number and uid, rows one by one, event, acknowledgement. */
final class SteppedChanges {
    private static final SessionId SESSION = SessionId.of(1);

    private final Steps steps;
    private final SteppedStore store;
    private final Random random;
    private final boolean mayDie;

    /** @param mayDie whether the process may end within a change */
    SteppedChanges(Steps steps, SteppedStore store, Random random, boolean mayDie) {
        this.steps = steps;
        this.store = store;
        this.random = random;
        this.mayDie = mayDie;
    }

    /** What IMAP does to messages. */
    enum Kind {
        APPEND,
        FLAG,
        COPY,
        MOVE,
        EXPUNGE,
        RENAME
    }

    /** The process ended here: nothing more of the change comes. */
    private static final class DiedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Makes a change of {@code box}, in the process of {@code bus}. */
    void make(Kind kind, Box box, Box other, SteppedBus bus) {
        Change change = new Change();
        try {
            switch (kind) {
                case APPEND -> send(bus, box, added(box, List.of(append(box, flags(), change))));
                case FLAG -> send(bus, box, flag(box, change));
                case COPY -> copy(box, other, some(box), bus, change);
                case MOVE -> {
                    List<Long> uids = some(box);
                    copy(box, other, uids, bus, change);
                    send(bus, box, expunge(box, uids, change));
                }
                case EXPUNGE -> send(bus, box, expunge(box, some(box), change));
                case RENAME -> send(bus, box, renamed(box));
            }
            store.acknowledge(change);
        } catch (DiedException e) {
            // nobody was promised anything
        }
    }

    private void step() {
        steps.step();
        if (mayDie && random.nextInt(20) == 0) {
            throw new DiedException();
        }
    }

    private void send(SteppedBus bus, Box box, Event event) {
        step();
        bus.send(event, new MailboxIdRegistrationKey(box.id));
        step();
    }

    private Flags flags() {
        Flags flags = new Flags();
        if (random.nextBoolean()) {
            flags.add(Flag.SEEN);
        }
        return flags;
    }

    private List<Long> some(Box box) {
        List<Long> some = new ArrayList<>();
        for (long uid : box.uids()) {
            if (random.nextInt(3) == 0) {
                some.add(uid);
            }
        }
        if (some.isEmpty() && !box.uids().isEmpty()) {
            some.add(box.uids().get(random.nextInt(box.uids().size())));
        }
        return some;
    }

    long append(Box box, Flags flags, Change change) {
        step();
        long uid = box.takeUid();
        if (random.nextBoolean()) {
            step();
        }
        Row row = new Row(box.takeModSeq(), flags);
        step();
        box.put(uid, row, change);
        return uid;
    }

    private void copy(Box box, Box other, List<Long> uids, SteppedBus bus, Change change) {
        List<Long> copies = new ArrayList<>();
        for (long uid : uids) {
            Optional<Row> row = box.row(uid);
            if (row.isPresent()) {
                copies.add(append(other, row.get().flags(), change));
            }
        }
        if (!copies.isEmpty()) {
            send(bus, other, added(other, copies));
        }
    }

    private Event expunge(Box box, List<Long> uids, Change change) {
        for (long uid : uids) {
            step();
            box.remove(uid, change);
        }
        TreeMap<MessageUid, MessageMetaData> gone = new TreeMap<>();
        uids.forEach(uid -> gone.put(MessageUid.of(uid), metaData(uid, new Row(1, new Flags()))));
        return new Expunged(SESSION, SteppedStore.OWNER, path(box), box.id, gone, Event.EventId.random());
    }

    private Event flag(Box box, Change change) {
        Flag flag = random.nextBoolean() ? Flag.SEEN : Flag.FLAGGED;
        boolean add = random.nextInt(4) > 0;
        TreeMap<Long, Row> listed = new TreeMap<>();
        some(box).forEach(uid -> box.row(uid).ifPresent(row -> listed.put(uid, row)));
        step();
        long modSeq = box.takeModSeq();
        List<UpdatedFlags> updates = new ArrayList<>();
        listed.forEach((uid, row) -> {
            if (row.flags().contains(flag) == add) {
                updates.add(update(uid, row, row));
                return;
            }
            step();
            box.row(uid).ifPresent(now -> {
                Flags flags = new Flags(now.flags());
                if (add) {
                    flags.add(flag);
                } else {
                    flags.remove(flag);
                }
                Row after = new Row(modSeq, flags);
                box.put(uid, after, change);
                updates.add(update(uid, row, after));
            });
        });
        return new FlagsUpdated(SESSION, SteppedStore.OWNER, path(box), box.id, updates, Event.EventId.random());
    }

    private static UpdatedFlags update(long uid, Row before, Row after) {
        return UpdatedFlags.builder()
                .uid(MessageUid.of(uid))
                .messageId(InMemoryMessageId.of(uid))
                .modSeq(ModSeq.of(after.modSeq()))
                .oldFlags(before.flags())
                .newFlags(after.flags())
                .build();
    }

    private Event added(Box box, List<Long> uids) {
        TreeMap<MessageUid, MessageMetaData> added = new TreeMap<>();
        // an event tells what the message was when it was stored
        uids.forEach(uid -> added.put(MessageUid.of(uid), metaData(uid, box.first(uid))));
        return new Added(SESSION, SteppedStore.OWNER, path(box), box.id, added, Event.EventId.random(), false);
    }

    private Event renamed(Box box) {
        return new MailboxRenamed(
                SESSION,
                SteppedStore.OWNER,
                path(box),
                box.id,
                MailboxPath.forUser(SteppedStore.OWNER, "other"),
                Event.EventId.random());
    }

    private static MailboxPath path(Box box) {
        return box.entity.generateAssociatedPath();
    }

    private static MessageMetaData metaData(long uid, Row row) {
        InMemoryMessageId id = InMemoryMessageId.of(uid);
        return new MessageMetaData(
                MessageUid.of(uid),
                ModSeq.of(row.modSeq()),
                row.flags(),
                1,
                new Date(1_000_000L * uid),
                Optional.empty(),
                id,
                ThreadId.fromBaseMessageId(id));
    }
}
