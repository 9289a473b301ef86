/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Set;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene912.Lucene912PostingsFormat;
import org.apache.lucene.codecs.perfield.PerFieldPostingsFormat;
import org.mailroom.search.index.lexicon.LexiconFormat;

/** Lucene's codec, with a lexicon for the text fields. Lucene finds it by name in a segment's files. */
public final class IndexCodec extends FilterCodec {
    private final PostingsFormat postings = new PerFieldPostingsFormat() {
        private final PostingsFormat plain = new Lucene912PostingsFormat();
        private final PostingsFormat lexicon = new LexiconFormat(Set.of(Fields.HEADER));

        @Override
        public PostingsFormat getPostingsFormatForField(String field) {
            return Fields.TEXT.contains(field) || Fields.ADDRESSES.containsValue(field) ? lexicon : plain;
        }
    };

    /** For Lucene, by the service loader. */
    public IndexCodec() {
        super("Mailroom1", new Lucene912Codec());
    }

    @Override
    public PostingsFormat postingsFormat() {
        return postings;
    }
}
