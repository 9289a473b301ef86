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

    /** The modification sequences that these changes took, as far as they say. */
    NavigableSet<Long> modSeqs() {
        return modSeqs;
    }

    /** How many STOREs took a modification sequence that no message has. */
    int unchangedStores() {
        return unchangedStores;
    }
}
