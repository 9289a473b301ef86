/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.mailroom.search.query.SearchKey;

/** Whether a search key asks for modification sequences, which changes the answer (RFC 7162 section 3.1.5). */
final class ModSeqKeys {
    private ModSeqKeys() {}

    /** Whether there is a MODSEQ anywhere in {@code key}. */
    static boolean in(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            return and.keys().stream().anyMatch(ModSeqKeys::in);
        }
        if (key instanceof SearchKey.Or or) {
            return in(or.left()) || in(or.right());
        }
        if (key instanceof SearchKey.Not not) {
            return in(not.key());
        }
        if (key instanceof SearchKey.Fuzzy fuzzy) {
            return in(fuzzy.key());
        }
        return key instanceof SearchKey.ModSeq;
    }
}
