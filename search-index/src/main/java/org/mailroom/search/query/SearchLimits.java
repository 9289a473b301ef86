/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

/**
 * Limits what {@link SearchKeyParser} takes, against hostile and broken clients. It refuses what is beyond with a
 * {@link SearchSyntaxException}, before it is held in memory.
 *
 * @param depth how deep keys may be nested in NOT, OR, FUZZY and lists. A chain of ORs (the only way to ask for one of
 *     many) counts as one level, however long it is, and so do brackets around a single key.
 * @param keys how many keys and brackets there may be
 * @param stringOctets the length of a string
 * @param octets the length of all keys together, literals included
 */
public record SearchLimits(int depth, int keys, int stringOctets, int octets) {

    /**
     * Far above what clients send: OR-chains of a thousand bracketed terms, sets of a hundred thousand numbers. Any
     * depth and number of keys within these is safe for code that recurses over keys, on a stack of 512 KiB.
     */
    public static final SearchLimits DEFAULT = new SearchLimits(100, 4_000, 8 * 1024, 1024 * 1024);

    public SearchLimits {
        requirePositive("depth", depth);
        requirePositive("keys", keys);
        requirePositive("stringOctets", stringOctets);
        requirePositive("octets", octets);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the search limit " + name + " is at least 1, not " + value);
        }
    }
}
