/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.mailroom.search.query.SearchKey;

/** Whether a search has a FUZZY, without which there is no RELEVANCY (RFC 6203 sections 4 and 6). */
final class FuzzyKey {
    private FuzzyKey() {}

    /** Whether there is a FUZZY anywhere in {@code key}. */
    static boolean in(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            return and.keys().stream().anyMatch(FuzzyKey::in);
        }
        if (key instanceof SearchKey.Or or) {
            return or.alternatives().stream().anyMatch(FuzzyKey::in);
        }
        if (key instanceof SearchKey.Not not) {
            return in(not.key());
        }
        return key instanceof SearchKey.Fuzzy;
    }
}
