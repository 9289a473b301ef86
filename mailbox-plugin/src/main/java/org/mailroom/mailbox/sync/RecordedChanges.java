/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.mailroom.search.index.UserIndex.FlagsUpdate;

/**
 * Holds the changes of a mailbox that the listener recorded and that are not in its index yet: which messages changed,
 * and to what flags where that is beyond doubt. Else the store knows better than events, which may come in another
 * order than their changes. Not thread-safe.
 */
final class RecordedChanges {

    /** More messages than this are not noted one by one: comparing the whole mailbox is as quick. */
    static final int MAX_NOTED = 50_000;

    private final NavigableSet<Long> added = new TreeSet<>();
    /** With the flags of the only STORE that was reported; nothing where several were. */
    private final NavigableMap<Long, Optional<FlagsUpdate>> flagged = new TreeMap<>();

    private final NavigableSet<Long> expunged = new TreeSet<>();
    private final NavigableSet<Long> modSeqs = new TreeSet<>();
    private final Set<UUID> unchangedStores = new LinkedHashSet<>();
    private boolean tooMany;

    void added(long uid, long modSeq) {
        added.add(uid);
        modSeqs.add(modSeq);
        bound();
    }

    /** A STORE changed the flags of a message to these. */
    void flagged(FlagsUpdate update) {
        flagged.merge(update.uid(), Optional.of(update), (one, other) -> Optional.empty());
        modSeqs.add(update.modSeq());
        bound();
    }

    void expunged(long uid) {
        expunged.add(uid);
        bound();
    }

    /** A STORE that changed no message: stores take a modification sequence for it all the same. */
    void storedWithoutChange(UUID event) {
        unchangedStores.add(event);
        bound();
    }

    /** The message is to be read again, although nobody changed it. */
    void again(long uid) {
        added.add(uid);
        bound();
    }

    private void bound() {
        if (noted() + unchangedStores.size() > MAX_NOTED) {
            forget();
        }
    }

    /** Stops noting: the whole mailbox has to be compared. */
    void forget() {
        added.clear();
        flagged.clear();
        expunged.clear();
        modSeqs.clear();
        unchangedStores.clear();
        tooMany = true;
    }

    void addAll(RecordedChanges later) {
        added.addAll(later.added);
        later.flagged.forEach((uid, update) -> flagged.merge(uid, update, (one, other) -> Optional.empty()));
        expunged.addAll(later.expunged);
        modSeqs.addAll(later.modSeqs);
        unchangedStores.addAll(later.unchangedStores);
        tooMany |= later.tooMany;
    }

    boolean isEmpty() {
        return !tooMany
                && unchangedStores.isEmpty()
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

    /** The messages whose flags changed, each with its new flags where a single change of it was reported. */
    NavigableMap<Long, Optional<FlagsUpdate>> flagged() {
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

    /** The events of STOREs that took a modification sequence which no message has. */
    Set<UUID> unchangedStores() {
        return unchangedStores;
    }
}
