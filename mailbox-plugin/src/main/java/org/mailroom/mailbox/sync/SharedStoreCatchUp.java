/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.sync.SharedStoreCounts.Comparison;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.Watermark;

/**
 * Brings the index of one mailbox to what the store has, where other processes write to that store, or where no events are
 * received. Events only save work here: they come after the acknowledgement of a change, twice, late, or never. This trusts
 * the store alone, read after the search began: its numbers, by which {@link ModSeqDebts} knows which changes may be under
 * way, and its count of messages, read while no number moved, which shows expunges. One run; the caller holds the lock of
 * the mailbox.
 */
final class SharedStoreCatchUp {
    /** To wait for events is quicker than to compare so many messages, but never longer than this. */
    private static final Duration MAX_PATIENCE = Duration.ofMillis(200);

    private static final long NANOS_TO_COMPARE_A_MESSAGE = 20_000;
    private static final int MAX_LOOKS = 8;

    private final StoredMailbox mailbox;
    private final String id;
    private final UserIndex index;
    private final MailboxState state;
    private final CatchUp.Freshness freshness;
    private final MessageIndexing indexing;
    private final ProgressCount progress;
    private final SyncTime time;
    private final SharedStoreCounts counts;
    private RecordedChanges changes = new RecordedChanges();
    private long waitUntil;

    SharedStoreCatchUp(
            StoredMailbox mailbox,
            UserIndex index,
            MailboxState state,
            CatchUp.Freshness freshness,
            MessageIndexing indexing,
            ProgressCount progress,
            SharedStoreCounts counts) {
        this.mailbox = mailbox;
        this.counts = counts;
        this.id = mailbox.id().serialize();
        this.index = index;
        this.state = state;
        this.freshness = freshness;
        this.time = freshness.time();
        this.indexing = indexing;
        this.progress = progress;
    }

    /** Whether the index lacks nothing: two reads of the store. For any thread, without the lock. */
    static boolean isUpToDate(StoredMailbox mailbox, UserIndex index, MailboxState state, CatchUp.Freshness freshness)
            throws IOException {
        long turns = state.turns();
        OptionalLong error = state.countError();
        if (!state.isQuiet()
                || !state.trusts(index)
                || !state.isFollowed()
                || state.debts.owes()
                || error.isEmpty()
                || isRecheckDue(state, freshness)) {
            return false;
        }
        String id = mailbox.id().serialize();
        Optional<Watermark> indexed = index.watermark(id);
        long expected = index.count(id) + error.getAsLong();
        // the count first: while the number behind it has not moved, nothing was added, and the count shows each
        // expunge
        return indexed.isPresent()
                && mailbox.count() == expected
                && mailbox.isStillAt(indexed.get())
                && state.turns() == turns;
    }

    private static boolean isRecheckDue(MailboxState state, CatchUp.Freshness freshness) {
        return state.debts.gaveUp() && !state.wasComparedWithin(freshness.countEvery());
    }

    /** For a search: afterwards each change that was acknowledged before the call is in the index. */
    void run() throws IOException {
        Optional<Watermark> before = index.watermark(id);
        finishing(() -> {
            if (state.isFollowed() && !freshness.lostChanges()) {
                look();
            } else {
                begin();
            }
        });
        noteAdvance(before);
    }

    /** Indexes recorded changes while nobody searches, so that the next search has less to do. */
    void runAhead() throws IOException {
        if (!state.isFollowed()) {
            run();
            return;
        }
        Optional<Watermark> before = index.watermark(id);
        finishing(() -> {
            receive(state.take());
            Watermark store = mailbox.watermark();
            if (!canFollow(before, store)) {
                state.unfollow();
                return;
            }
            state.debts.reach(store.highestModSeq(), time.nanoTime());
            follow(before.orElseThrow(), store);
        });
        noteAdvance(before);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void finishing(Work work) throws IOException {
        boolean finished = false;
        try {
            work.run();
            finished = true;
        } finally {
            if (!finished) {
                state.unfollow();
            }
        }
    }

    private void noteAdvance(Optional<Watermark> before) {
        if (!index.watermark(id).equals(before)) {
            state.advanced();
        }
    }

    /** The first look: which changes are under way is not known. */
    private void begin() throws IOException {
        state.startReceiving();
        receive(state.take());
        Watermark store = mailbox.watermark();
        boolean asLeft = index.closedCleanly()
                && !freshness.lostChanges()
                && index.watermark(id).equals(Optional.of(store));
        state.debts.start(store.highestModSeq(), asLeft, time.nanoTime());
        boolean again = !changes.added().isEmpty();
        compare(store, Comparison.FIRST);
        if (again) {
            // a message may have been named because its text is to be read once more
            follow(store, store);
        }
        state.follow();
    }

    private void look() throws IOException {
        waitUntil = time.nanoTime() + patience().toNanos();
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            receive(state.take());
            boolean counting = changes.isEmpty();
            long count = counting ? mailbox.count() : 0;
            Watermark store = mailbox.watermark();
            Optional<Watermark> indexed = index.watermark(id);
            state.debts.reach(store.highestModSeq(), time.nanoTime());
            if (!canFollow(indexed, store)) {
                compare(store, Comparison.UNEXPLAINED);
                return;
            }
            if (state.countError().isEmpty() || isRecheckDue(state, freshness)) {
                compare(store, state.countError().isEmpty() ? Comparison.FIRST : Comparison.RECHECK);
                return;
            }
            boolean same = counting && indexed.orElseThrow().equals(store);
            if (same && !state.debts.owes() && isCounted(count)) {
                state.trust(index);
                return;
            }
            if (same || state.debts.owes()) {
                if (!receiveMore()) {
                    compare(store, state.debts.owes() ? Comparison.EVENT : Comparison.COUNT);
                    return;
                }
            } else {
                counts.followed();
                follow(indexed.orElseThrow(), store);
            }
        }
        compare(mailbox.watermark(), Comparison.BUSY);
    }

    private boolean isCounted(long count) throws IOException {
        return count == index.count(id) + state.countError().orElseThrow();
    }

    private boolean canFollow(Optional<Watermark> indexed, Watermark store) {
        return (state.trusts(index) || index.closedCleanly())
                && !changes.tooMany()
                && indexed.isPresent()
                && indexed.get().uidValidity() == store.uidValidity()
                && indexed.get().lastUid() <= store.lastUid()
                && indexed.get().highestModSeq() <= store.highestModSeq();
    }

    private void receive(RecordedChanges reported) {
        changes.addAll(reported);
        state.debts.report(reported);
    }

    /** Waits a little for an event that says what the store only shows to have happened; false where none comes. */
    private boolean receiveMore() {
        counts.awaited();
        RecordedChanges more = state.takeSoon(Duration.ofNanos(Math.max(0, waitUntil - time.nanoTime())));
        receive(more);
        return !more.isEmpty();
    }

    private Duration patience() throws IOException {
        Duration comparing = Duration.ofNanos(NANOS_TO_COMPARE_A_MESSAGE * index.count(id));
        return comparing.compareTo(MAX_PATIENCE) < 0 ? comparing : MAX_PATIENCE;
    }

    private void follow(Watermark indexed, Watermark store) throws IOException {
        // flags are read: an event of another process may come after that of a later change
        new Following(mailbox, index, state, indexing, progress).run(changes, reported -> false, indexed, store);
        index.setWatermark(id, store);
        changes = new RecordedChanges();
    }

    /** Compares; {@code store} was read after all received changes were taken. */
    private void compare(Watermark store, Comparison reason) throws IOException {
        counts.compared(reason);
        long began = time.nanoTime();
        long count = mailbox.count();
        new Reconciliation(mailbox, index, indexing, progress, modSeq -> state.debts.progress(modSeq, time.nanoTime()))
                .run(store);
        index.setWatermark(id, store);
        if (isRecheckDue(state, freshness)) {
            state.debts.recheck();
        }
        state.debts.compared(began);
        learnCountError(store, count);
        state.comparedAt(began);
        state.trust(index);
    }

    /** What the count lacks of the messages that there are, where nothing changed while they were compared. */
    private void learnCountError(Watermark store, long count) throws IOException {
        OptionalLong known = state.countError();
        long error = count - index.count(id);
        if (!state.debts.owes()
                && !known.equals(OptionalLong.of(error))
                && mailbox.count() == count
                && mailbox.isStillAt(store)) {
            state.countError(error);
        }
    }
}
