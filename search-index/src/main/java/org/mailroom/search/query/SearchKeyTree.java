/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks through keys that hold keys: AND, OR, NOT and FUZZY. */
public final class SearchKeyTree {
    private SearchKeyTree() {}

    /** Whether {@code key}, or a key anywhere in it, fulfils {@code test}. However deep keys are, nothing recurses. */
    public static boolean any(SearchKey key, Predicate<SearchKey> test) {
        Deque<SearchKey> left = new ArrayDeque<>(List.of(key));
        while (!left.isEmpty()) {
            SearchKey next = left.pop();
            if (test.test(next)) {
                return true;
            }
            if (next instanceof SearchKey.And and) {
                and.keys().forEach(left::push);
            } else if (next instanceof SearchKey.Or or) {
                left.push(or.right());
                left.push(or.left());
            } else if (next instanceof SearchKey.Not not) {
                left.push(not.key());
            } else if (next instanceof SearchKey.Fuzzy fuzzy) {
                left.push(fuzzy.key());
            }
        }
        return false;
    }

    /** {@code key} with each key that holds no other replaced by what {@code leaf} makes of it. */
    public static SearchKey replace(SearchKey key, UnaryOperator<SearchKey> leaf) {
        if (key instanceof SearchKey.And and) {
            return new SearchKey.And(
                    and.keys().stream().map(operand -> replace(operand, leaf)).toList());
        } else if (key instanceof SearchKey.Or or) {
            return or(or.alternatives().stream()
                    .map(alternative -> replace(alternative, leaf))
                    .toList());
        } else if (key instanceof SearchKey.Not not) {
            return new SearchKey.Not(replace(not.key(), leaf));
        } else if (key instanceof SearchKey.Fuzzy fuzzy) {
            return new SearchKey.Fuzzy(replace(fuzzy.key(), leaf));
        }
        return leaf.apply(key);
    }

    /**
     * {@code key} without the operands of an AND or OR that stand there before: what matches stays the same, and is asked
     * once. Linear in the size of the key times its depth.
     */
    public static SearchKey distinct(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            List<SearchKey> operands =
                    and.keys().stream().map(SearchKeyTree::distinct).distinct().toList();
            return operands.size() == 1 ? operands.get(0) : new SearchKey.And(operands);
        } else if (key instanceof SearchKey.Or or) {
            return or(or.alternatives().stream()
                    .map(SearchKeyTree::distinct)
                    .distinct()
                    .toList());
        } else if (key instanceof SearchKey.Not not) {
            return new SearchKey.Not(distinct(not.key()));
        } else if (key instanceof SearchKey.Fuzzy fuzzy) {
            return new SearchKey.Fuzzy(distinct(fuzzy.key()));
        }
        return key;
    }

    /**
     * How many keys of each kind are in {@code key}, without what they ask for: fit for logs.
     *
     * @return by the names of the kinds in upper case, such as TEXT
     */
    public static SortedMap<String, Integer> kinds(SearchKey key) {
        SortedMap<String, Integer> kinds = new TreeMap<>();
        any(key, part -> {
            kinds.merge(kind(part), 1, Integer::sum);
            return false;
        });
        return kinds;
    }

    /** The name of the kind of {@code key}, in upper case, without what it asks for. */
    public static String kind(SearchKey key) {
        return key instanceof MailKey.Address address
                ? address.field().name()
                : key.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /** The OR of one or more keys. */
    static SearchKey or(List<SearchKey> alternatives) {
        int last = alternatives.size() - 1;
        SearchKey chain = alternatives.get(last);
        for (int i = last - 1; i >= 0; i--) {
            chain = new SearchKey.Or(alternatives.get(i), chain);
        }
        return chain;
    }
}
