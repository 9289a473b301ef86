/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.util.List;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SessionKeys;

/**
 * Rewrites a condition so that stored messages answer it as they did when they arrived: without flags, new, and not saved
 * anywhere. What stands in a message, its size and its internal date are the same still.
 */
final class ArrivalKeys {
    private static final SearchKey NOTHING = SessionKeys.NOTHING;
    private static final SearchKey ALL = new SearchKey.All();

    private ArrivalKeys() {}

    static SearchKey asked(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            return new SearchKey.And(and.keys().stream().map(ArrivalKeys::asked).toList());
        } else if (key instanceof SearchKey.Or or) {
            return askedOf(or.alternatives());
        } else if (key instanceof SearchKey.Not not) {
            return new SearchKey.Not(asked(not.key()));
        } else if (key instanceof SearchKey.Fuzzy fuzzy) {
            return new SearchKey.Fuzzy(asked(fuzzy.key()));
        } else if (key instanceof SearchKey.SaveDate saved) {
            return new SearchKey.InternalDate(saved.relation(), saved.date());
        } else if (key instanceof SearchKey.FlagSet
                || key instanceof SearchKey.Keyword
                || key instanceof SearchKey.SaveDateSupported
                || key instanceof SearchKey.Older) {
            return NOTHING;
        } else if (key instanceof SearchKey.FlagUnset
                || key instanceof SearchKey.Unkeyword
                || key instanceof SearchKey.Younger) {
            return ALL;
        }
        return key;
    }

    private static SearchKey askedOf(List<SearchKey> alternatives) {
        int last = alternatives.size() - 1;
        SearchKey chain = asked(alternatives.get(last));
        for (int i = last - 1; i >= 0; i--) {
            chain = new SearchKey.Or(asked(alternatives.get(i)), chain);
        }
        return chain;
    }
}
