/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;

/** Runs the catch-ups that searches wait for, each when it is its user's turn, and notifies the searches. Thread-safe. */
final class AwaitedCatchUps {
    private final MailStore store;
    private final IndexRecovery indexes;
    private final TaskMonitor tasks;
    private final MailboxStates states;
    private final CatchUpTurns turns;
    private final CatchUpWork work;

    /** Catches up with one mailbox, for a caller that holds its lock. */
    interface CatchUpWork {
        void run(MailboxState state, StoredMailbox mailbox, UserIndex index, SearchProgress progress)
                throws IOException;
    }

    AwaitedCatchUps(
            MailStore store,
            IndexRecovery indexes,
            TaskMonitor tasks,
            MailboxStates states,
            CatchUpTurns turns,
            CatchUpWork work) {
        this.store = store;
        this.indexes = indexes;
        this.tasks = tasks;
        this.states = states;
        this.turns = turns;
        this.work = work;
    }

    /**
     * Has a mailbox caught up with, and notifies who waits in {@code shared} when that is over, whatever becomes of it.
     *
     * @param asker the user whose turn it takes
     */
    void begin(Username owner, MailboxId id, Username asker, SharedCatchUp shared) {
        new Awaited(owner, id, asker, shared).submit();
    }

    private final class Awaited implements FairThreads.Work {
        private final Username owner;
        private final MailboxId id;
        private final Username asker;
        private final SharedCatchUp shared;
        private final MailboxState state;

        Awaited(Username owner, MailboxId id, Username asker, SharedCatchUp shared) {
            this.owner = owner;
            this.id = id;
            this.asker = asker;
            this.shared = shared;
            this.state = states.use(id);
        }

        void submit() {
            try {
                turns.submit(asker, this);
            } catch (SearchRefusedException e) {
                end(Optional.of(e));
            }
        }

        @Override
        public void run() {
            if (!state.tryLock()) {
                state.whenUnlocked(this::submit);
                return;
            }
            Optional<Throwable> failure = Optional.empty();
            try {
                state.begin(shared);
                if (shared.isWanted()) {
                    catchUp();
                }
            } catch (IOException | RuntimeException | Error e) {
                failure = Optional.of(e);
            } finally {
                state.unlock();
            }
            end(failure);
        }

        private void catchUp() throws IOException {
            Optional<StoredMailbox> opened = store.open(owner, id);
            if (opened.isPresent()) {
                try (StoredMailbox mailbox = opened.get();
                        TaskMonitor.Task task =
                                tasks.begin("indexing mailbox " + id.serialize() + " of " + owner.asString());
                        UserIndexes.Lease lease = indexes.lease(owner)) {
                    catchUp(mailbox, lease.index(), task);
                }
            }
        }

        private void catchUp(StoredMailbox mailbox, UserIndex index, TaskMonitor.Task task) throws IOException {
            try {
                work.run(state, mailbox, index, (done, total) -> {
                    task.moved();
                    progress(done, total);
                });
            } catch (StoreException | CancellationException e) {
                throw e;
            } catch (IOException | RuntimeException | InternalError e) {
                indexes.resetIfDamaged(owner, index, e);
                throw e;
            }
        }

        private void progress(long done, long total) {
            if (!shared.isWanted()) {
                throw new CancellationException("nobody waits for the mailbox to be indexed");
            }
            shared.progress(done, total);
        }

        @Override
        public void dropped() {
            end(Optional.of(new SearchRefusedException("the server shuts down")));
        }

        private void end(Optional<Throwable> failure) {
            state.begin(shared);
            states.release(id);
            shared.over(failure);
        }
    }
}
