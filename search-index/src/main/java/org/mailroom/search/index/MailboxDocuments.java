/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** Finds the documents of one mailbox in a segment: a run, because segments are sorted by mailbox. */
final class MailboxDocuments {
    private MailboxDocuments() {}

    /** Those that are not deleted. */
    static FixedBitSet of(LeafReader leaf, String mailbox) throws IOException {
        FixedBitSet documents = new FixedBitSet(leaf.maxDoc());
        Terms terms = leaf.terms(Fields.MAILBOX);
        if (terms == null) {
            return documents;
        }
        TermsEnum all = terms.iterator();
        if (!all.seekExact(new BytesRef(mailbox))) {
            return documents;
        }
        PostingsEnum postings = all.postings(null, PostingsEnum.NONE);
        int first = postings.nextDoc();
        if (first != DocIdSetIterator.NO_MORE_DOCS) {
            documents.set(first, first + all.docFreq());
        }
        Bits live = leaf.getLiveDocs();
        if (live != null) {
            documents.and(FixedBitSet.copyOf(live));
        }
        return documents;
    }
}
