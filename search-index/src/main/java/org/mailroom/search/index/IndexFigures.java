/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * How large an open index is.
 *
 * @param messages messages that searches find
 * @param expunged messages that are gone, but whose words are still in files until segments are merged
 * @param words distinct words of each segment, added up: a word that several segments have counts for each
 * @param segments segments of Lucene's
 * @param octets octets of all files
 */
public record IndexFigures(int messages, int expunged, long words, int segments, long octets) {}
