/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/** A term, and how often it occurs in a field of a message. */
public record TermFrequency(String term, int frequency) {}
