/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;

/**
 * Encodes a message's keywords as one value of a document: sorted, in lower case, with a NUL between two (programs
 * inside James may set keywords with spaces, which IMAP cannot name).
 */
final class KeywordList {
    private static final char SEPARATOR = 0;

    private KeywordList() {}

    static BytesRef of(Collection<String> foldedKeywords) {
        return new BytesRef(String.join(String.valueOf(SEPARATOR), new TreeSet<>(foldedKeywords)));
    }

    static Set<String> keywords(BytesRef list) {
        return list.length == 0 ? Set.of() : Set.of(list.utf8ToString().split(String.valueOf(SEPARATOR)));
    }

    static boolean contains(BytesRef list, BytesRef foldedKeyword) {
        int end = list.offset + list.length;
        for (int at = list.offset; at + foldedKeyword.length <= end; ) {
            int wordEnd = at;
            while (wordEnd < end && list.bytes[wordEnd] != SEPARATOR) {
                wordEnd++;
            }
            if (wordEnd - at == foldedKeyword.length
                    && new BytesRef(list.bytes, at, wordEnd - at).bytesEquals(foldedKeyword)) {
                return true;
            }
            at = wordEnd + 1;
        }
        return false;
    }
}
