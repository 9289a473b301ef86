/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;

/** A message's keywords as one value of a document: sorted, in lower case, with a space between two. */
final class KeywordList {
    private KeywordList() {}

    static BytesRef of(Collection<String> foldedKeywords) {
        return new BytesRef(String.join(" ", new TreeSet<>(foldedKeywords)));
    }

    static Set<String> keywords(BytesRef list) {
        return list.length == 0 ? Set.of() : Set.of(list.utf8ToString().split(" "));
    }

    static boolean contains(BytesRef list, BytesRef foldedKeyword) {
        int end = list.offset + list.length;
        for (int at = list.offset; at + foldedKeyword.length <= end; ) {
            int wordEnd = at;
            while (wordEnd < end && list.bytes[wordEnd] != ' ') {
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
