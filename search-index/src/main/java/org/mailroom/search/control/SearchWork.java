/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

/**
 * Counts the work that a search has done.
 *
 * @param terms terms of dictionaries that it looked at, to within some hundred
 * @param documents documents of an index that it looked at one by one, to within some hundred
 * @param messages messages that it read from the store
 */
public record SearchWork(long terms, long documents, long messages) {

    /** What was done since {@code before}. */
    public SearchWork since(SearchWork before) {
        return new SearchWork(terms - before.terms, documents - before.documents, messages - before.messages);
    }
}
