/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.index.Watermark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is indexed of mailboxes equal to the store. The listener records changes here, the background indexer applies
 * them, and every search has the index caught up before it is answered. Thread-safe; one thread at a time changes
 * what is indexed of a mailbox.
 */
public final class MailboxSync {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailboxSync.class);
    private static final int MAX_STATES = 100_000;
    /** Each costs the event bus a binding in every process that searches the mailbox. */
    private static final int MAX_FOLLOWED = 10_000;

    private static final String NO_LISTENER = "Changes of mailboxes do not reach Mailroom: add <listener><class>"
            + IndexingListener.class.getName() + "</class></listener> to conf/listeners.xml and restart;"
            + " until then every search has the store count the messages of the mailbox";

    private final MailStore store;
    private final IndexProvider indexes;
    private final MessageIndexing indexing;
    private final LaterWork background;
    private final IndexHealth health;
    private final Duration countEvery;
    private final MailboxStates states;
    private final MailboxChanges changes;
    private final IndexRecovery recovery;
    private final AwaitedCatchUps awaited;
    private final SyncTime time;
    private final SharedStoreCounts sharedCounts = new SharedStoreCounts();
    private volatile Optional<FollowedMailboxes> followed = Optional.empty();
    private volatile boolean listening;
    private volatile boolean listenerMissing = true;

    /**
     * @param catchUps for the catch-ups that searches wait for
     * @param countEvery how long a number of messages that was found right is trusted
     */
    MailboxSync(
            MailStore store,
            IndexProvider indexes,
            MessageIndexing indexing,
            LaterWork background,
            IndexHealth health,
            MailboxChanges changes,
            CatchUpTurns catchUps,
            Duration countEvery,
            SyncTime time) {
        this.time = time;
        this.states = new MailboxStates(MAX_STATES, time);
        this.changes = changes;
        this.store = store;
        this.indexes = indexes;
        this.indexing = indexing;
        this.background = background;
        this.health = health;
        this.countEvery = countEvery;
        this.recovery = new IndexRecovery(indexes, health);
        this.awaited = new AwaitedCatchUps(store, recovery, health.tasks(), states, catchUps, this::catchUpLocked);
    }

    /**
     * A listener is there.
     *
     * @param everythingInTime whether from now on every change is recorded here before it is acknowledged
     */
    void listening(boolean everythingInTime) {
        listening = everythingInTime;
        listenerMissing = false;
        health.listening("");
    }

    /**
     * Other processes write to the store too; {@code bus} delivers the events of all of them.
     *
     * @param listener records the changes that it receives with {@link #noteShared}
     */
    void shared(EventBus bus, ReactiveEventListener listener) {
        listening(false);
        followed = Optional.of(new FollowedMailboxes(bus, listener, MAX_FOLLOWED, states::forgetEventsOf));
        followed.ifPresent(mailboxes -> health.sharing(mailboxes, this::lag));
    }

    /** Whether other processes write to the store too. */
    public boolean isShared() {
        return followed.isPresent();
    }

    /** What catch-ups cost where other processes write to the store. */
    public SharedStoreCounts sharedCounts() {
        return sharedCounts;
    }

    /** How far events of other processes are behind the store now. Looks at each mailbox that this process knows. */
    public EventLag lag() {
        return EventLag.of(states, time.nanoTime());
    }

    /** Receives no events from now on. */
    void close() {
        followed.ifPresent(FollowedMailboxes::close);
    }

    /**
     * Prepares the end of the server, after all indexing has ended: a mailbox that may have changed unseen will be compared
     * with the store after the next start.
     */
    void distrustFresh() {
        states.forEach((id, state) -> {
            Optional<Username> owner = state.owner();
            if (owner.isPresent() && state.isFresh(listening ? CatchUp.Freshness.CHANGE : ModSeqDebts.LONGEST_CHANGE)) {
                try (UserIndexes.Lease lease = indexes.lease(owner.get().asString())) {
                    UserIndex index = lease.index();
                    Optional<Watermark> watermark = index.watermark(id.serialize());
                    if (watermark.isPresent()) {
                        index.setWatermark(
                                id.serialize(),
                                new Watermark(
                                        watermark.get().uidValidity(),
                                        watermark.get().lastUid(),
                                        0));
                    }
                } catch (IOException | RuntimeException e) {
                    LOGGER.info("The index of {} is compared with the mail after the next start", owner.get(), e);
                }
            }
        });
    }

    /** Records changes of a mailbox and has them indexed soon. Never blocks. */
    void note(Username owner, MailboxId mailbox, Consumer<RecordedChanges> noting) {
        noted(owner, mailbox, states.note(mailbox, owner, noting));
        changes.changed(mailbox);
    }

    /** As {@link #note}, for a change that any process has made, where this one follows the mailbox. */
    void noteShared(Username owner, MailboxId mailbox, Consumer<RecordedChanges> noting) {
        states.noteFollowed(mailbox, owner, noting).ifPresent(state -> noted(owner, mailbox, state));
        changes.changed(mailbox);
    }

    private void noted(Username owner, MailboxId mailbox, MailboxState state) {
        background.changed();
        if (state.schedule()) {
            background.soon(() -> indexPending(owner, mailbox));
        }
    }

    /** The mailbox is no longer {@code owner}'s, or is no more: forgets what is indexed of it. Never blocks. */
    void gone(Username owner, MailboxId mailbox) {
        background.soon(() -> forget(owner, mailbox));
        changes.changed(mailbox);
    }

    /** Has a message read and indexed once more, whatever is indexed of it. Never blocks. */
    public void indexAgain(Username owner, MailboxId mailbox, long uid) {
        note(owner, mailbox, changes -> changes.again(uid));
    }

    /**
     * The changes that are recorded and not indexed yet.
     *
     * @param mailboxes in how many mailboxes
     */
    public record Pending(long mailboxes, long changes) {}

    /** How many recorded changes are still to be indexed. Looks at each mailbox that this process knows. */
    public Pending pending() {
        long[] pending = new long[2];
        states.forEach((id, state) -> {
            int noted = state.noted();
            pending[0] += noted > 0 ? 1 : 0;
            pending[1] += noted;
        });
        return new Pending(pending[0], pending[1]);
    }

    /** Has messages indexed once more whose text was not available as a whole when they were. Never blocks. */
    public void indexUnavailableAgain() {
        indexing.unavailable().take().forEach(message -> indexAgain(message.owner(), message.mailbox(), message.uid()));
    }

    /** Has what is indexed of a mailbox compared with the store. Never blocks. */
    public void compareAgain(Username owner, MailboxId mailbox) {
        note(owner, mailbox, RecordedChanges::forget);
    }

    /**
     * Makes {@code index} equal to the store, as far as {@code mailbox} goes: every change that was acknowledged
     * before the call is in it afterwards. Where that takes long, or another thread is at it, the caller does not wait:
     * {@code waiter} is notified when that is over, and the caller then asks {@link #isCaughtUp}.
     *
     * @param asker the user whose share of the threads is used
     * @param waiter is notified where this returns false; perhaps before it returns
     * @return whether it is done; false where {@code waiter} is notified
     * @throws IOException where the store cannot be read ({@link StoreException}) or the
     *     index cannot be changed (any other)
     * @throws SearchRefusedException where too many searches wait already
     */
    boolean catchUp(StoredMailbox mailbox, UserIndex index, Username asker, SharedCatchUp.Waiter waiter)
            throws IOException, SearchRefusedException {
        if (listenerMissing) {
            health.listening(NO_LISTENER);
        }
        MailboxState state = states.use(mailbox.id());
        try {
            if (isUpToDate(state, mailbox, index)) {
                return true;
            }
            if (isShort(state, index) && state.tryLock()) {
                try {
                    catchUpLocked(state, mailbox, index, waiter::progress);
                } finally {
                    state.unlock();
                }
                return true;
            }
            Optional<SharedCatchUp> mine = state.join(waiter);
            if (mine.isPresent()) {
                awaited.begin(mailbox.owner(), mailbox.id(), asker, mine.get());
            }
            return false;
        } finally {
            states.release(mailbox.id());
        }
    }

    /** Whether {@code index} is the one that the last catch-up of the mailbox made equal to the store. */
    boolean isCaughtUp(MailboxId mailbox, UserIndex index) {
        MailboxState state = states.use(mailbox);
        try {
            return state.trusts(index);
        } finally {
            states.release(mailbox);
        }
    }

    /** Whether there is nothing to compare, and little to index: where others write to the store, nobody knows. */
    private boolean isShort(MailboxState state, UserIndex index) {
        return listening && state.trusts(index) && state.hasFewPending();
    }

    /** Has an index rebuilt that fails so because it is damaged. */
    void resetIfDamaged(Username owner, UserIndex index, Throwable failure) throws IOException {
        recovery.resetIfDamaged(owner, index, failure);
    }

    private boolean isUpToDate(MailboxState state, StoredMailbox mailbox, UserIndex index) throws IOException {
        CatchUp.Freshness freshness = freshness();
        if (!listening) {
            return SharedStoreCatchUp.isUpToDate(mailbox, index, state, freshness);
        }
        if (!state.isQuiet() || !state.trusts(index) || freshness.isMissing(state) || freshness.isCountDue(state)) {
            return false;
        }
        Optional<Watermark> indexed = index.watermark(mailbox.id().serialize());
        return indexed.isPresent() && mailbox.isStillAt(indexed.get());
    }

    private void catchUpLocked(MailboxState state, StoredMailbox mailbox, UserIndex index, SearchProgress progress)
            throws IOException {
        state.ownedBy(mailbox.owner());
        ProgressCount count = new ProgressCount(state, progress);
        if (listening) {
            new CatchUp(mailbox, index, state, freshness(), indexing, count).run();
        } else {
            followed.ifPresent(all -> all.follow(mailbox.id()));
            new SharedStoreCatchUp(mailbox, index, state, freshness(), indexing, count, sharedCounts).run();
        }
    }

    private CatchUp.Freshness freshness() {
        return new CatchUp.Freshness(listening, states.lostChanges(), countEvery, time);
    }

    private void indexPending(Username owner, MailboxId id) {
        MailboxState state = states.use(id);
        try {
            state.started();
            if (!state.hasPending()) {
                return;
            }
            if (!state.tryLock()) {
                // whoever holds it may have taken what was pending before this was
                if (state.schedule()) {
                    background.soon(() -> indexPending(owner, id));
                }
                return;
            }
            try {
                indexPendingLocked(owner, id, state);
            } finally {
                state.unlock();
            }
        } catch (StoreException e) {
            LOGGER.warn("Changes of a mailbox are indexed by its next search: {}", e.getMessage());
        } catch (IOException | RuntimeException | InternalError e) {
            // nothing is lost: the next search compares, and reads the mail where the index cannot be used
            health.troubled(owner.asString(), e);
        } finally {
            states.release(id);
        }
    }

    private void indexPendingLocked(Username owner, MailboxId id, MailboxState state) throws IOException {
        Optional<StoredMailbox> opened = store.open(state.owner().orElse(owner), id);
        if (opened.isEmpty()) {
            state.take();
            state.distrust();
            return;
        }
        try (StoredMailbox mailbox = opened.get();
                TaskMonitor.Task task = health.tasks()
                        .begin("indexing mailbox " + id.serialize() + " of "
                                + mailbox.owner().asString())) {
            recovery.use(mailbox.owner(), index -> indexRecorded(state, mailbox, index, (done, total) -> task.moved()));
        }
    }

    private void indexRecorded(MailboxState state, StoredMailbox mailbox, UserIndex index, SearchProgress progress)
            throws IOException {
        if (listening) {
            catchUpLocked(state, mailbox, index, progress);
        } else {
            ProgressCount count = new ProgressCount(state, progress);
            new SharedStoreCatchUp(mailbox, index, state, freshness(), indexing, count, sharedCounts).runAhead();
        }
    }

    private void forget(Username owner, MailboxId id) {
        changeIndexed(owner, id, () -> {
            if (store.open(owner, id).map(MailboxSync::close).isPresent()) {
                return;
            }
            if (store.hasMailboxes(owner)) {
                removeIndexed(owner, id);
            } else if (!indexes.deleteUnused(owner.asString(), () -> !store.hasMailboxes(owner))) {
                // whoever uses the index now, or has got a mailbox meanwhile, is not disturbed
                background.soon(() -> forget(owner, id));
            }
        });
    }

    private void removeIndexed(Username owner, MailboxId id) throws IOException {
        recovery.use(owner, index -> index.removeMailbox(id.serialize()));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void changeIndexed(Username owner, MailboxId id, Work work) {
        MailboxState state = states.use(id);
        if (!state.tryLock()) {
            state.whenUnlocked(() -> {
                states.release(id);
                background.soon(() -> changeIndexed(owner, id, work));
            });
            return;
        }
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            health.troubled(owner.asString(), e);
        } finally {
            state.unlock();
            states.release(id);
        }
    }

    private static boolean close(StoredMailbox mailbox) {
        mailbox.close();
        return true;
    }
}
