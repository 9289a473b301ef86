/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * The messages that match a search and how relevant they are to it (RFC 6203 section 4).
 *
 * @param relevancies of each of the hits' uids, from 1 to 100; empty where nobody asked
 */
public record RankedHits(Hits hits, int[] relevancies) {
    /** Where nobody asked how relevant they are. */
    public static RankedHits unranked(Hits hits) {
        return new RankedHits(hits, new int[0]);
    }
}
