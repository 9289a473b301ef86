/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * The answer to a search in one mailbox.
 *
 * @param uids the uids of the messages that match, ascending
 * @param highestModSeq the highest modification sequence among them; 0 for no hits, and for a key without MODSEQ
 */
public record Hits(long[] uids, long highestModSeq) {}
