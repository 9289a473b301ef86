/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

/** Says which message a document holds. */
record MessageKey(String mailbox, long uid) {
    Term term() {
        return new Term(Fields.KEY, mailbox + '/' + uid);
    }

    /** Tells {@code consumer} of the message's documents in a segment that are not deleted: at most one, as a rule. */
    void find(LeafReader leaf, IntConsumer consumer) throws IOException {
        new Finder(leaf).find(this, consumer);
    }

    /** Finds messages in a segment one after the other. For one thread. */
    static final class Finder {
        private final TermsEnum keys;
        private final Bits live;
        /** Lucene takes the last one again; at first there is none. */
        private Optional<PostingsEnum> documents = Optional.empty();

        Finder(LeafReader leaf) throws IOException {
            Terms terms = leaf.terms(Fields.KEY);
            keys = terms == null ? TermsEnum.EMPTY : terms.iterator();
            live = leaf.getLiveDocs();
        }

        /** As {@link MessageKey#find}. */
        void find(MessageKey key, IntConsumer consumer) throws IOException {
            if (keys.seekExact(key.term().bytes())) {
                PostingsEnum found = keys.postings(documents.orElse(null), PostingsEnum.NONE);
                documents = Optional.of(found);
                for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        consumer.accept(doc);
                    }
                }
            }
        }
    }
}
