/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.mailroom.search.index.UserIndex;

/**
 * Holds what this process knows of one mailbox: the changes that it has recorded and not indexed, and whether the index
 * has been compared with the store. Thread-safe.
 */
final class MailboxState {

    private static final int MAX_REMEMBERED = 10_000;
    private static final int FEW = 100;

    /** Held by whoever changes what is indexed of this mailbox; there is never a second one. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Queue<Runnable> whenUnlocked = new ConcurrentLinkedQueue<>();

    @GuardedBy("this")
    private Optional<SharedCatchUp> requested = Optional.empty();

    /** Which changes events have reported; {@link #take} does not report them. */
    final ModSeqLedger modSeqs = new ModSeqLedger();

    /** Which changes of other processes no event has reported yet. */
    final ModSeqDebts debts = new ModSeqDebts();

    private final SyncTime time;

    @GuardedBy("this")
    private RecordedChanges pending = new RecordedChanges();

    @GuardedBy("this")
    private Optional<Username> lastOwner = Optional.empty();

    @GuardedBy("this")
    private WeakReference<UserIndex> compared = new WeakReference<>(null);

    @GuardedBy("this")
    private final NavigableSet<Long> expunged = new TreeSet<>();

    @GuardedBy("this")
    private long countedAt;

    @GuardedBy("this")
    private long advancedAt;

    @GuardedBy("this")
    private boolean scheduled;

    @GuardedBy("this")
    private boolean receiving;

    @GuardedBy("this")
    private boolean followed;

    @GuardedBy("this")
    private OptionalLong countError = OptionalLong.empty();

    @GuardedBy("this")
    private long comparedAt;

    private final AtomicLong turns = new AtomicLong();
    // guarded by the map of MailboxStates
    int users;

    MailboxState(SyncTime time) {
        this.time = time;
    }

    /** Notes changes; {@code owner} is whose mailbox the event called it. */
    synchronized void note(Username owner, Consumer<RecordedChanges> changes) {
        lastOwner = Optional.of(owner);
        changes.accept(pending);
        notifyAll();
    }

    /** How many changes are pending; at least one where so many are that they are not noted one by one. */
    synchronized int noted() {
        return pending.tooMany() ? Math.max(1, pending.noted()) : pending.noted();
    }

    synchronized boolean hasPending() {
        return !pending.isEmpty();
    }

    /**
     * Has the caller alone change what is indexed of this mailbox, until {@link #unlock}; false where another one does.
     * Nobody waits for that with a thread: see {@link #whenUnlocked}.
     */
    boolean tryLock() {
        boolean locked = lock.tryLock();
        if (locked) {
            turns.incrementAndGet();
        }
        return locked;
    }

    void unlock() {
        lock.unlock();
        runWaiting();
    }

    /** Runs {@code task}, which is quick, once nobody changes what is indexed: now, or in the thread that ends doing so. */
    void whenUnlocked(Runnable task) {
        whenUnlocked.add(task);
        if (!lock.isLocked()) {
            runWaiting();
        }
    }

    private void runWaiting() {
        // those that are added meanwhile see for themselves whether it is locked
        for (int left = whenUnlocked.size(); left > 0; left--) {
            Runnable task = whenUnlocked.poll();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    /**
     * Lets a search wait for the next catch-up to begin.
     *
     * @return that catch-up where the caller is to have it run, because nobody has asked for one before
     */
    synchronized Optional<SharedCatchUp> join(SharedCatchUp.Waiter waiter) {
        if (requested.isPresent() && requested.get().join(waiter)) {
            return Optional.empty();
        }
        SharedCatchUp next = new SharedCatchUp();
        next.join(waiter);
        requested = Optional.of(next);
        return requested;
    }

    /** The catch-up begins: who comes later waits for another one. */
    synchronized void begin(SharedCatchUp catchUp) {
        catchUp.begin();
        requested = requested.filter(waiting -> waiting != catchUp);
    }

    /** Whether so little is pending that indexing it takes no longer than a search. */
    synchronized boolean hasFewPending() {
        return !pending.tooMany() && pending.noted() <= FEW;
    }

    /** Takes what is pending; the caller has the lock until it is indexed. */
    synchronized RecordedChanges take() {
        RecordedChanges taken = pending;
        pending = new RecordedChanges();
        return taken;
    }

    /** As {@link #take}, but where nothing is pending waits for it, at most {@code patience}. */
    RecordedChanges takeSoon(Duration patience) {
        long deadline = time.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (!hasPending()
                && left >= TimeUnit.MILLISECONDS.toNanos(1)
                && !Thread.currentThread().isInterrupted()) {
            time.awaitPending(this, left);
            left = deadline - time.nanoTime();
        }
        return take();
    }

    /** From now on the events of all processes are received, and their changes recorded. */
    synchronized void startReceiving() {
        receiving = true;
        followed = false;
    }

    /** Events are received no longer: only comparing finds what changes from now on. */
    synchronized void stopReceiving() {
        receiving = false;
        followed = false;
        countError = OptionalLong.empty();
        pending = new RecordedChanges();
    }

    synchronized boolean isReceiving() {
        return receiving;
    }

    /** The index was compared with the store after {@link #startReceiving}. */
    synchronized void follow() {
        followed = true;
    }

    /** Recorded changes were not indexed: only comparing finds them now. */
    synchronized void unfollow() {
        followed = false;
        compared.clear();
    }

    /** Whether each change is in the index, pending, or among what {@link #debts} says is owed. */
    synchronized boolean isFollowed() {
        return receiving && followed;
    }

    /**
     * By how much the store's number of messages differs from how many there are: Cassandra's counters drift. Nothing where
     * that is not known.
     */
    synchronized OptionalLong countError() {
        return countError;
    }

    synchronized void countError(long messages) {
        countError = OptionalLong.of(messages);
    }

    synchronized void comparedAt(long nanoTime) {
        comparedAt = nanoTime;
    }

    synchronized boolean wasComparedWithin(Duration interval) {
        return time.nanoTime() - comparedAt < interval.toNanos();
    }

    /** Who has had the lock: the same as before where nobody has had it since. */
    long turns() {
        return turns.get();
    }

    /**
     * Whether all recorded changes are indexed. What is being indexed right now counts as not: it was taken under
     * the lock, so looking at the pending changes first and at the lock second misses nothing.
     */
    boolean isQuiet() {
        return !hasPending() && !lock.isLocked();
    }

    /** Whether {@code index} (this opening of it) was found equal to the store and has been kept so since. */
    synchronized boolean trusts(UserIndex index) {
        return compared.get() == index;
    }

    synchronized void trust(UserIndex index) {
        compared = new WeakReference<>(index);
    }

    synchronized void distrust() {
        compared.clear();
    }

    synchronized boolean isCountDue(Duration interval) {
        return countedAt == 0 || time.nanoTime() - countedAt >= interval.toNanos();
    }

    /** Remembers which messages were taken out of the index lately: the highest uids of a bounded number. */
    synchronized void expunged(Collection<Long> uids) {
        expunged.addAll(uids);
        while (expunged.size() > MAX_REMEMBERED) {
            expunged.pollFirst();
        }
    }

    /** Whether the message, which is in the store, was taken out of the index lately; it is in there again from now on. */
    synchronized boolean returned(long uid) {
        return expunged.remove(uid);
    }

    /** Whether the message was taken out of the index lately. */
    synchronized boolean wasExpunged(long uid) {
        return expunged.contains(uid);
    }

    synchronized void counted() {
        countedAt = time.nanoTime();
    }

    synchronized void advanced() {
        advancedAt = time.nanoTime();
    }

    /** Whether the watermark moved within {@code within}, or changes are pending or in the making. */
    synchronized boolean isFresh(Duration within) {
        return !pending.isEmpty()
                || modSeqs.owes()
                || receiving && debts.owes()
                || advancedAt != 0 && time.nanoTime() - advancedAt < within.toNanos();
    }

    synchronized Optional<Username> owner() {
        return lastOwner;
    }

    synchronized void ownedBy(Username owner) {
        lastOwner = Optional.of(owner);
    }

    /** Whether the caller is the one to schedule background work: true once until {@link #started}. */
    synchronized boolean schedule() {
        boolean mine = !scheduled;
        scheduled = true;
        return mine;
    }

    synchronized void started() {
        scheduled = false;
    }

    /** How far the work under the lock has come, for the searches that wait for the next. */
    void progress(long done, long total) {
        waiting().ifPresent(waiting -> waiting.progress(done, total));
    }

    private synchronized Optional<SharedCatchUp> waiting() {
        return requested;
    }
}
