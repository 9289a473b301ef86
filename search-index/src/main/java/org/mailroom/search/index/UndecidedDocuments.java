/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.util.FixedBitSet;

/**
 * Collects the documents of a segment for which some clause of a search cannot tell whether they match: those that have
 * to be read for that, and those that even a reading cannot decide. For one search by one thread.
 */
final class UndecidedDocuments {
    private final FixedBitSet unread;
    private final Map<Integer, String> refused = new HashMap<>();

    UndecidedDocuments(int documents) {
        unread = new FixedBitSet(documents);
    }

    void unread(FixedBitSet documents) {
        unread.or(documents);
    }

    /** The answer of {@code document} is past {@code limit}. */
    void refused(int document, String limit) {
        refused.put(document, limit);
    }

    boolean isEmpty() {
        return unread.scanIsEmpty() && refused.isEmpty();
    }

    /** The limit past which the answer is; nothing where reading may tell the answer. */
    Optional<String> limit(int document) {
        return unread.get(document) ? Optional.empty() : Optional.ofNullable(refused.get(document));
    }
}
