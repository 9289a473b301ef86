/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailroom.search.query.MailKey.StringKey;

/**
 * Which strings of a search are searched for by likeness: those under FUZZY, but for what stands in a NOT there. A NOT
 * of what is like something would find less than the exact NOT, and FUZZY never finds less than its key.
 */
public final class FuzzyKeys {
    private FuzzyKeys() {}

    /** Whether there is a FUZZY anywhere in {@code key}, without which there is no RELEVANCY (RFC 6203 sections 4 and 6). */
    public static boolean in(SearchKey key) {
        return SearchKeyTree.any(key, SearchKey.Fuzzy.class::isInstance);
    }

    /** All of them. */
    public static Set<StringKey> of(SearchKey key) {
        Set<StringKey> keys = new LinkedHashSet<>();
        collect(key, false, true, keys::add);
        return keys;
    }

    /** Those that a message is found for, and not for lacking them. */
    public static Set<StringKey> wanted(SearchKey key) {
        Set<StringKey> keys = new LinkedHashSet<>();
        collect(key, false, false, keys::add);
        return keys;
    }

    private static void collect(SearchKey key, boolean fuzzy, boolean unwanted, Consumer<StringKey> keys) {
        if (key instanceof SearchKey.And and) {
            and.keys().forEach(child -> collect(child, fuzzy, unwanted, keys));
        } else if (key instanceof SearchKey.Or or) {
            or.alternatives().forEach(child -> collect(child, fuzzy, unwanted, keys));
        } else if (key instanceof SearchKey.Not not) {
            if (unwanted) {
                collect(not.key(), false, true, keys);
            }
        } else if (key instanceof SearchKey.Fuzzy like) {
            collect(like.key(), true, unwanted, keys);
        } else if (fuzzy && key instanceof StringKey string) {
            keys.accept(string);
        }
    }

    /** The search without FUZZY: each of its keys means what it means outside of one. */
    public static SearchKey exact(SearchKey key) {
        return without(key, string -> false);
    }

    /** What is left to be asked of a message exactly where {@code like} tells which strings it is like already. */
    public static SearchKey without(SearchKey key, Predicate<StringKey> like) {
        return without(key, false, like);
    }

    private static SearchKey without(SearchKey key, boolean fuzzy, Predicate<StringKey> like) {
        if (key instanceof SearchKey.And and) {
            return new SearchKey.And(and.keys().stream()
                    .map(child -> without(child, fuzzy, like))
                    .toList());
        }
        if (key instanceof SearchKey.Or or) {
            return SearchKeyTree.or(or.alternatives().stream()
                    .map(child -> without(child, fuzzy, like))
                    .toList());
        }
        if (key instanceof SearchKey.Not not) {
            return new SearchKey.Not(without(not.key(), false, like));
        }
        if (key instanceof SearchKey.Fuzzy fuzzyKey) {
            return without(fuzzyKey.key(), true, like);
        }
        return fuzzy && key instanceof StringKey string && like.test(string) ? new SearchKey.All() : key;
    }
}
