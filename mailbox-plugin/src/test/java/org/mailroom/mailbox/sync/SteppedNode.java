/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.mail.Flags;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndex.Entry;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.text.MessageTextReader;

/** What keeps the index in one of several processes. */
final class SteppedNode {
    static final Duration RECHECK = Duration.ofMinutes(10);
    private static final int MAX_ATTEMPTS = 5;

    private final Steps steps;
    private final SteppedStore store;
    private final SteppedBus bus;
    private SteppedIndex index;
    private MailboxSync sync;

    SteppedNode(Steps steps, SteppedStore store, SteppedBus bus) {
        this.steps = steps;
        this.store = store;
        this.bus = bus;
        this.index = new SteppedIndex(steps);
        start();
    }

    private void start() {
        MailStore mail = new MailStore(store.mailboxes());
        IndexHealth health = new IndexHealth();
        MessageIndexing indexing =
                new MessageIndexing(mail, new MessageTextSource(new MessageTextReader()), Runnable::run, 0, cut -> {});
        sync = new MailboxSync(
                mail,
                indexes(),
                indexing,
                later(),
                health,
                new MailboxChanges(),
                (user, work) -> work.run(),
                RECHECK,
                steps);
        bus.register(new IndexingListener(sync, bus));
    }

    private LaterWork later() {
        return new LaterWork() {
            @Override
            public void changed() {
                // the schedule says when
            }

            @Override
            public void soon(Runnable task) {
                steps.add(task::run);
            }
        };
    }

    private IndexProvider indexes() {
        return new IndexProvider() {
            @Override
            public UserIndexes.Lease lease(String owner) {
                SteppedIndex leased = index;
                return new UserIndexes.Lease() {
                    @Override
                    public UserIndex index() {
                        return leased;
                    }

                    @Override
                    public void close() {
                        // it stays
                    }
                };
            }

            @Override
            public void reset(String owner, UserIndex damaged) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean deleteUnused(String owner, UserIndexes.Condition condition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // it is in memory
            }
        };
    }

    SteppedBus bus() {
        return bus;
    }

    /** The index is closed for being idle, and opened again by who needs it next. */
    void closeIndex() {
        index = index.reopened();
    }

    /** Ends in good order and starts again. */
    void restart() {
        bus.forgetAll();
        sync.distrustFresh();
        index = index.reopened();
        start();
    }

    /** Searches for everything and complains of what no look at the store, after the search began, could have shown. */
    void search(SteppedStore.Box box, boolean exact) throws Exception {
        long began = store.now();
        Map<Long, Entry> answer = answer(box);
        Map<Long, Optional<SteppedStore.Row>> said = new HashMap<>();
        for (long uid : box.everyUid()) {
            Optional<Entry> entry = Optional.ofNullable(answer.get(uid));
            boolean right = exact
                    ? same(box.row(uid), entry)
                    : box.everyPast(uid, began).stream().anyMatch(row -> same(row, entry));
            if (!right) {
                throw new AssertionError("uid " + uid + " of " + box.id.serialize() + ": answered " + entry
                        + ", possible are " + box.everyPast(uid, began));
            }
            said.put(uid, box.row(uid));
        }
        if (!said.keySet().containsAll(answer.keySet())) {
            throw new AssertionError("answered what never was: " + answer.keySet());
        }
    }

    private static boolean same(Optional<SteppedStore.Row> row, Optional<Entry> entry) {
        if (row.isEmpty() || entry.isEmpty()) {
            return row.isEmpty() && entry.isEmpty();
        }
        Flags flags = row.get().flags();
        return row.get().modSeq() == entry.get().modSeq()
                && JamesFlags.of(flags).equals(entry.get().flags());
    }

    private Map<Long, Entry> answer(SteppedStore.Box box) throws Exception {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            Waiting waiting = new Waiting();
            SteppedIndex mine = index;
            try (StoredMailbox mailbox = new MailStore(store.mailboxes())
                    .open(SteppedStore.OWNER, box.id)
                    .orElseThrow()) {
                if (!sync.catchUp(mailbox, mine, SteppedStore.OWNER, waiting)) {
                    steps.await(waiting::isOver);
                    waiting.rethrow();
                    if (!sync.isCaughtUp(box.id, mine)) {
                        continue;
                    }
                }
            }
            steps.step();
            return mine.answer(box.id.serialize());
        }
        throw new AssertionError("the index is never caught up");
    }

    private static final class Waiting implements SharedCatchUp.Waiter {
        private boolean over;
        private Optional<Throwable> failure = Optional.empty();

        boolean isOver() {
            return over;
        }

        void rethrow() throws IOException {
            if (failure.isPresent()) {
                throw new IOException(failure.get());
            }
        }

        @Override
        public boolean left() {
            return false;
        }

        @Override
        public void progress(long done, long total) {
            // nobody looks
        }

        @Override
        public void over(Optional<Throwable> why) {
            failure = why;
            over = true;
        }
    }
}
