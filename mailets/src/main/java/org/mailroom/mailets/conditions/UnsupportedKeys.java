/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SessionKey;
import org.mailroom.search.query.StoreKey;

/** Finds the first key of a condition that has no answer where the condition is used. Immutable. */
public final class UnsupportedKeys {
    /** For mail on its way, which has neither a mailbox nor a session. */
    public static final UnsupportedKeys IN_TRANSIT = new UnsupportedKeys(false);

    /** For stored mail that nobody has selected: it has a mailbox, but no session. */
    public static final UnsupportedKeys STORED = new UnsupportedKeys(true);

    private final boolean stored;

    /**
     * A key without an answer.
     *
     * @param reason why, to be read after a colon
     */
    public record Unsupported(SearchKey key, String reason) {}

    private UnsupportedKeys(boolean stored) {
        this.stored = stored;
    }

    /** The first such key of {@code condition}; empty where all have answers. */
    public Optional<Unsupported> first(SearchKey condition) {
        if (condition instanceof SearchKey.And and) {
            return first(and.keys());
        } else if (condition instanceof SearchKey.Or or) {
            return first(or.alternatives());
        } else if (condition instanceof SearchKey.Not not) {
            return first(not.key());
        } else if (condition instanceof SearchKey.Fuzzy fuzzy) {
            return first(fuzzy.key());
        } else if (condition instanceof SessionKey) {
            return ofSession(condition);
        } else if (condition instanceof StoreKey) {
            return ofStore(condition);
        }
        return Optional.empty();
    }

    private Optional<Unsupported> first(List<SearchKey> keys) {
        return keys.stream().flatMap(key -> first(key).stream()).findFirst();
    }

    private static Optional<Unsupported> ofSession(SearchKey key) {
        return Optional.of(new Unsupported(key, "it depends on an IMAP session"));
    }

    private Optional<Unsupported> ofStore(SearchKey key) {
        if (!stored) {
            return Optional.of(new Unsupported(key, "a message is given that only when it is stored"));
        }
        return key instanceof StoreKey.Uid uids && uids.set().hasLargest() ? ofSession(key) : Optional.empty();
    }
}
