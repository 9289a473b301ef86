/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.HeaderField;

/**
 * What a search key asks for, all its parts taken together.
 *
 * @param modSeq whether it has a MODSEQ key
 * @param headers the header fields of its HEADER keys, in lower case
 */
record KeyTraits(boolean modSeq, Set<String> headers) {
    static KeyTraits of(SearchKey key) {
        boolean modSeq = false;
        Set<String> headers = new HashSet<>();
        Deque<SearchKey> left = new ArrayDeque<>();
        left.push(key);
        while (!left.isEmpty()) {
            SearchKey next = left.pop();
            if (next instanceof SearchKey.And and) {
                and.keys().forEach(left::push);
            } else if (next instanceof SearchKey.Or or) {
                left.push(or.left());
                left.push(or.right());
            } else if (next instanceof SearchKey.Not not) {
                left.push(not.key());
            } else if (next instanceof SearchKey.Fuzzy fuzzy) {
                left.push(fuzzy.key());
            } else if (next instanceof SearchKey.Header header) {
                headers.add(HeaderField.foldName(header.name()));
            }
            modSeq |= next instanceof SearchKey.ModSeq;
        }
        return new KeyTraits(modSeq, headers);
    }

    boolean readsSignatures(IndexSettings settings) {
        return headers.stream().anyMatch(settings::isSignature);
    }
}
