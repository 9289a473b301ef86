/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.index.Watermark;

/**
 * Brings the index of one mailbox to what the store has: by the recorded changes where these explain the difference, else
 * by comparing both. One run; the caller holds the lock of the mailbox.
 */
final class CatchUp {
    /** How long to wait for the event of an expunge that is being made, before the mailbox is compared. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final StoredMailbox mailbox;
    private final String id;
    private final UserIndex index;
    private final MailboxState state;
    private final Freshness freshness;
    private final MessageIndexing indexing;
    private final ProgressCount progress;
    private final RecordedChanges changes = new RecordedChanges();
    private final SyncTime time;
    private long reportedBefore = Long.MAX_VALUE;

    /**
     * What may be relied on.
     *
     * @param listening whether every change of this process is recorded before it is acknowledged
     * @param lostChanges whether recorded changes were forgotten, so that only comparing finds them
     * @param countEvery how long a number of messages that was found right is trusted
     * @param time the clock
     */
    record Freshness(boolean listening, boolean lostChanges, Duration countEvery, SyncTime time) {
        /** Longer than a command may take from giving a change its number to the event that reports it. */
        static final Duration CHANGE = Duration.ofSeconds(10);

        boolean isCountDue(MailboxState state) {
            return !listening || state.isCountDue(countEvery);
        }

        /** Whether there were changes that no event will report. */
        boolean isMissing(MailboxState state) {
            return listening ? state.modSeqs.isOverdue(CHANGE, time.nanoTime()) : state.modSeqs.owes();
        }
    }

    CatchUp(
            StoredMailbox mailbox,
            UserIndex index,
            MailboxState state,
            Freshness freshness,
            MessageIndexing indexing,
            ProgressCount progress) {
        this.mailbox = mailbox;
        this.id = mailbox.id().serialize();
        this.index = index;
        this.state = state;
        this.freshness = freshness;
        this.time = freshness.time();
        this.indexing = indexing;
        this.progress = progress;
    }

    void run() throws IOException {
        boolean finished = false;
        try {
            receive(state.take());
            Optional<Watermark> before = index.watermark(id);
            catchUp();
            state.trust(index);
            if (!index.watermark(id).equals(before)) {
                state.advanced();
            }
            finished = true;
        } finally {
            if (!finished) {
                // what was taken is not indexed: only comparing can find it now
                state.distrust();
                state.note(mailbox.owner(), RecordedChanges::forget);
            }
        }
    }

    private void catchUp() throws IOException {
        Watermark store = mailbox.watermark();
        Optional<Watermark> indexed = index.watermark(id);
        if (!canFollow(indexed, store)) {
            compare(store);
            return;
        }
        state.modSeqs.reach(indexed.orElseThrow().highestModSeq(), store.highestModSeq(), time.nanoTime());
        if (freshness.isMissing(state) || !state.trusts(index) && state.modSeqs.owes()) {
            compare(store);
            return;
        }
        follow(indexed.orElseThrow(), store);
        index.setWatermark(id, store);
        if (!state.trusts(index) || freshness.isCountDue(state)) {
            checkCount(store);
        }
    }

    private boolean canFollow(Optional<Watermark> indexed, Watermark store) {
        boolean known = state.trusts(index) || index.closedCleanly() && !freshness.lostChanges();
        return known
                && !changes.tooMany()
                && indexed.isPresent()
                && indexed.get().uidValidity() == store.uidValidity()
                && indexed.get().lastUid() <= store.lastUid()
                && indexed.get().highestModSeq() <= store.highestModSeq();
    }

    private void receive(RecordedChanges reported) {
        changes.addAll(reported);
        reportedBefore = Math.min(reportedBefore, state.modSeqs.report(reported));
    }

    /**
     * Whether the flags are those the message has, or had until a change whose event is still to come: no other change of it
     * was reported that may be the later one.
     */
    private boolean isBeyondDoubt(FlagsUpdate reported) {
        return freshness.listening()
                && reported.modSeq() > reportedBefore
                && !changes.added().contains(reported.uid())
                && !changes.expunged().contains(reported.uid())
                && !state.wasExpunged(reported.uid());
    }

    private void follow(Watermark indexed, Watermark store) throws IOException {
        new Following(mailbox, index, state, indexing, progress).run(changes, this::isBeyondDoubt, indexed, store);
    }

    /** Expunges leave no trace in a watermark: the number of messages does. */
    private void checkCount(Watermark store) throws IOException {
        if (mailbox.count() != index.count(id) && !countsAgreeSoon(store)) {
            compare(mailbox.watermark());
        }
        state.counted();
    }

    private boolean countsAgreeSoon(Watermark store) throws IOException {
        if (!freshness.listening()) {
            return false;
        }
        receive(state.takeSoon(PATIENCE));
        if (changes.tooMany()) {
            return false;
        }
        follow(store, store);
        return mailbox.count() == index.count(id);
    }

    private void compare(Watermark store) throws IOException {
        new Reconciliation(mailbox, index, indexing, progress, modSeq -> {}).run(store);
        index.setWatermark(id, store);
        state.modSeqs.settle(store.highestModSeq());
        state.counted();
    }
}
