/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.util.List;
import java.util.stream.LongStream;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;

/** Combines search keys with AND, OR and NOT, and drops what is always or never true. */
final class SimplifiedKeys {
    static final SearchKey EVERYTHING = new SearchKey.All();
    static final SearchKey NOTHING = new SearchKey.Not(EVERYTHING);

    private SimplifiedKeys() {}

    static SearchKey all(SearchKey... keys) {
        return all(List.of(keys));
    }

    static SearchKey all(List<SearchKey> keys) {
        List<SearchKey> needed =
                keys.stream().filter(key -> !key.equals(EVERYTHING)).toList();
        if (needed.contains(NOTHING)) {
            return NOTHING;
        }
        return switch (needed.size()) {
            case 0 -> EVERYTHING;
            case 1 -> needed.get(0);
            default -> new SearchKey.And(needed);
        };
    }

    static SearchKey any(SearchKey... keys) {
        return any(List.of(keys));
    }

    static SearchKey any(List<SearchKey> keys) {
        if (keys.contains(EVERYTHING)) {
            return EVERYTHING;
        }
        return keys.stream()
                .filter(key -> !key.equals(NOTHING))
                .reduce(SearchKey.Or::new)
                .orElse(NOTHING);
    }

    static SearchKey not(SearchKey key) {
        return key.equals(NOTHING) ? EVERYTHING : new SearchKey.Not(key);
    }

    static SearchKey uids(LongStream uids) {
        NumberSet set = NumberSet.of(uids.toArray());
        return set.ranges().isEmpty() ? NOTHING : new StoreKey.Uid(set.merged());
    }
}
