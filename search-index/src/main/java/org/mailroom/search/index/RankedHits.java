/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * The messages that match a search and how relevant they are to it (RFC 6203 section 4).
 *
 * @param relevancies of each of the hits' uids, from 1 to 100
 */
public record RankedHits(Hits hits, int[] relevancies) {}
