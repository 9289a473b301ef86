/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What was heard of a mailbox and is not in its index yet. Only which messages changed is kept: how they are now, the
 * store knows better than events, which may come in another order than their changes. Not thread-safe.
 */
final class Changes {

    /** More messages than this are not noted one by one: comparing the whole mailbox is as quick. */
    static final int MAX_NOTED = 10_000;

    private final NavigableSet<Long> added = new TreeSet<>();
    private final NavigableSet<Long> flagged = new TreeSet<>();
    private final NavigableSet<Long> expunged = new TreeSet<>();
    private final NavigableSet<Long> modSeqs = new TreeSet<>();
    private int unchangedStores;
    private boolean tooMany;

    void added(long uid, long modSeq) {
        added.add(uid);
        modSeqs.add(modSeq);
        bound();
    }

    void flagged(long uid, long modSeq) {
        flagged.add(uid);
        modSeqs.add(modSeq);
        bound();
    }

    void expunged(long uid) {
        expunged.add(uid);
        bound();
    }

    /** A STORE that changed no message: stores take a modification sequence for it all the same. */
    void storedWithoutChange() {
        unchangedStores++;
    }

    private void bound() {
        if (noted() > MAX_NOTED) {
            forget();
        }
    }

    /** Stops noting: the whole mailbox has to be compared. */
    void forget() {
        added.clear();
        flagged.clear();
        expunged.clear();
        modSeqs.clear();
        tooMany = true;
    }

    void addAll(Changes later) {
        added.addAll(later.added);
        flagged.addAll(later.flagged);
        expunged.addAll(later.expunged);
        modSeqs.addAll(later.modSeqs);
        unchangedStores += later.unchangedStores;
        tooMany |= later.tooMany;
    }

    boolean isEmpty() {
        return !tooMany
                && unchangedStores == 0
                && added.isEmpty()
                && flagged.isEmpty()
                && expunged.isEmpty()
                && modSeqs.isEmpty();
    }

    int noted() {
        return added.size() + flagged.size() + expunged.size();
    }

    NavigableSet<Long> added() {
        return added;
    }

    NavigableSet<Long> flagged() {
        return flagged;
    }

    NavigableSet<Long> expunged() {
        return expunged;
    }

    /** Whether there were more changes than were noted. */
    boolean tooMany() {
        return tooMany;
    }

    /**
     * Whether these changes are all that raised the highest modification sequence from {@code before} to {@code now}.
     * Each message that is added and each STORE takes one; a store that leaves gaps makes this say no more often than
     * it must, which costs a comparison and no truth.
     */
    boolean explain(long before, long now) {
        return now - before
                <= modSeqs.subSet(before, false, Math.max(before, now), true).size() + unchangedStores;
    }
}
