/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.mailroom.search.index.UserIndex;

/**
 * What this process knows of one mailbox: what it heard and has not indexed, and whether its index has been compared
 * with the store. Thread-safe.
 */
final class MailboxState {

    private static final int MOST_REMEMBERED = 10_000;
    private static final int FEW = 100;

    /** Held by whoever changes what is indexed of this mailbox; there is never a second one. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Queue<Runnable> whenUnlocked = new ConcurrentLinkedQueue<>();
    private Optional<SharedCatchUp> requested = Optional.empty();

    /** What was told of; {@link #take} does not tell it. */
    final ModSeqLedger modSeqs = new ModSeqLedger();

    private Changes pending = new Changes();
    private Optional<Username> lastOwner = Optional.empty();
    private WeakReference<UserIndex> compared = new WeakReference<>(null);
    private final NavigableSet<Long> expunged = new TreeSet<>();
    private long countedAt;
    private long advancedAt;
    private boolean scheduled;
    // guarded by the map of MailboxStates
    int users;

    /** Notes changes; {@code owner} is whose mailbox the event called it. */
    synchronized void note(Username owner, Consumer<Changes> changes) {
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
        return lock.tryLock();
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
    synchronized Changes take() {
        Changes taken = pending;
        pending = new Changes();
        return taken;
    }

    /** As {@link #take}, but where nothing is pending waits for it, at most {@code patience}. */
    synchronized Changes takeSoon(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (pending.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return take();
    }

    /**
     * Whether all that was heard is indexed. What is being indexed right now counts as not: it was taken under
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
        return countedAt == 0 || System.nanoTime() - countedAt >= interval.toNanos();
    }

    /** Remembers which messages were taken out of the index lately: the highest uids of a bounded number. */
    synchronized void expunged(Collection<Long> uids) {
        expunged.addAll(uids);
        while (expunged.size() > MOST_REMEMBERED) {
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
        countedAt = System.nanoTime();
    }

    synchronized void advanced() {
        advancedAt = System.nanoTime();
    }

    /** Whether the watermark moved within {@code time}, or changes are pending or in the making. */
    synchronized boolean isFresh(Duration time) {
        return !pending.isEmpty()
                || modSeqs.owes()
                || advancedAt != 0 && System.nanoTime() - advancedAt < time.toNanos();
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
