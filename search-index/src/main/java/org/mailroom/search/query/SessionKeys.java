/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.search.query.MailKey.SystemFlag;

/**
 * Rewrites keys that depend on a session (sequence numbers, {@code *}, {@code $}, RECENT, NEW, OLD) as keys on uids, so
 * that a key can be evaluated without the session. Thread-safe.
 *
 * <p>As RFC 9051 section 9 has it under {@code seq-number}, but lenient as James is: sequence numbers without a message
 * match nothing and are no error. {@code *} is the largest number there is, so {@code 5:*} in a mailbox of three
 * messages means {@code 3:5}; in an empty mailbox a range with {@code *} matches nothing.
 */
public final class SessionKeys {

    /** What keys become that match no message: {@code NOT ALL}. */
    public static final SearchKey NOTHING = new SearchKey.Not(new SearchKey.All());

    private SessionKeys() {}

    /**
     * A key that matches the same messages of {@code view}, in which sets are uids without {@code *}, ascending and in as
     * few ranges as possible, and not empty.
     */
    public static SearchKey resolve(SearchKey key, SessionView view) {
        return SearchKeyTree.replace(key, leaf -> resolved(leaf, view));
    }

    private static SearchKey resolved(SearchKey key, SessionView view) {
        if (key instanceof SessionKey.SequenceSet numbers) {
            return uidsOf(numbers.set(), view);
        } else if (key instanceof StoreKey.Uid uids) {
            return uids(withoutLargest(uids.set(), view));
        } else if (key instanceof SessionKey.SavedResult || key instanceof SessionKey.UidSavedResult) {
            return uids(view.savedResult());
        } else if (key instanceof SessionKey.Recent) {
            return recent(view);
        } else if (key instanceof SessionKey.New) {
            return new SearchKey.And(List.of(recent(view), new MailKey.FlagUnset(SystemFlag.SEEN)));
        } else if (key instanceof SessionKey.Old) {
            return new SearchKey.Not(recent(view));
        }
        return key;
    }

    /** Whether {@code key} depends on a session anywhere, so that {@link #resolve} asks its view. */
    public static boolean in(SearchKey key) {
        return SearchKeyTree.any(key, SessionKeys::dependsOnSession);
    }

    private static boolean dependsOnSession(SearchKey key) {
        return key instanceof SessionKey
                || key instanceof StoreKey.Uid uids && uids.set().hasLargest();
    }

    /** A range of sequence numbers is one of uids: what lies between has been expunged or was never there. */
    private static SearchKey uidsOf(NumberSet numbers, SessionView view) {
        long count = view.messageCount();
        List<NumberSet.Range> uids = new ArrayList<>();
        for (NumberSet.Range range : count == 0 ? List.<NumberSet.Range>of() : numbers.ranges()) {
            NumberSet.Range ascending = range.ascending(count);
            if (ascending.first() <= count) {
                long last = Math.min(ascending.last(), count);
                uids.add(new NumberSet.Range(view.uid(ascending.first()), view.uid(last)));
            }
        }
        return uids(new NumberSet(uids));
    }

    private static NumberSet withoutLargest(NumberSet set, SessionView view) {
        if (!set.hasLargest()) {
            return set;
        }
        long count = view.messageCount();
        if (count == 0) {
            return new NumberSet(
                    set.ranges().stream().filter(range -> !range.hasLargest()).toList());
        }
        long largest = view.uid(count);
        return new NumberSet(
                set.ranges().stream().map(range -> range.ascending(largest)).toList());
    }

    private static SearchKey recent(SessionView view) {
        return uids(NumberSet.of(view.recentUids()));
    }

    private static SearchKey uids(NumberSet set) {
        return set.ranges().isEmpty() ? NOTHING : new StoreKey.Uid(set.merged());
    }
}
