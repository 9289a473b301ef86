/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was found in a segment is not looked for again, within bounds. */
class SegmentMatchCacheTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private LeafReader segment(int documents) throws IOException {
        Directory directory = new ByteBuffersDirectory();
        open.add(directory);
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(null))) {
            for (int i = 0; i < documents; i++) {
                writer.addDocument(new Document());
            }
            writer.forceMerge(1);
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        open.add(0, reader);
        return reader.leaves().get(0).reader();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static FixedBitSet documents(LeafReader leaf, int count) {
        FixedBitSet documents = new FixedBitSet(leaf.maxDoc());
        documents.set(0, count);
        return documents;
    }

    /** Every document is found. */
    private int find(SegmentMatchCache memory, LeafReader leaf, String string, FixedBitSet within) throws IOException {
        return memory.find(leaf, "body", string, within, documents -> {
                    asked.add(string);
                    return documents.clone();
                })
                .cardinality();
    }

    @Test
    void aStringIsLookedForOnceWhateverDocumentsAreInQuestion() throws IOException {
        SegmentMatchCache memory = new SegmentMatchCache(1 << 20);
        LeafReader leaf = segment(2_000);
        assertThat(find(memory, leaf, "A", documents(leaf, 700))).isEqualTo(700);
        assertThat(find(memory, leaf, "A", documents(leaf, 2_000))).isEqualTo(2_000);
        assertThat(find(memory, leaf, "A", documents(leaf, 1))).isEqualTo(1);
        assertThat(asked).containsExactly("A");
    }

    @Test
    void eachSegmentIsAskedForItself() throws IOException {
        SegmentMatchCache memory = new SegmentMatchCache(1 << 20);
        LeafReader one = segment(2_000);
        LeafReader other = segment(3_000);
        assertThat(find(memory, one, "A", documents(one, 2_000))).isEqualTo(2_000);
        assertThat(find(memory, other, "A", documents(other, 3_000))).isEqualTo(3_000);
        assertThat(asked).hasSize(2);
    }

    @Test
    void fewDocumentsAndSmallSegmentsAreNotWorthRemembering() throws IOException {
        SegmentMatchCache memory = new SegmentMatchCache(1 << 20);
        LeafReader large = segment(2_000);
        LeafReader small = segment(31);
        for (int i = 0; i < 2; i++) {
            assertThat(find(memory, large, "A", documents(large, 5))).isEqualTo(5);
            assertThat(find(memory, small, "A", documents(small, 31))).isEqualTo(31);
        }
        assertThat(asked).hasSize(4);
    }

    @Test
    void whatIsFoundOfFlagsIsForgottenWhenOneOfThemChanges() throws IOException {
        SegmentMatchCache memory = new SegmentMatchCache(1 << 20);
        try (Directory directory = new ByteBuffersDirectory();
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(null))) {
            for (int i = 0; i < 2_000; i++) {
                Document document = new Document();
                document.add(new StringField("key", String.valueOf(i), Field.Store.NO));
                document.add(new NumericDocValuesField("flags", 0));
                writer.addDocument(document);
            }
            List<Integer> found = new ArrayList<>();
            try (DirectoryReader before = DirectoryReader.open(writer)) {
                found.add(flagged(memory, before));
                found.add(flagged(memory, before));
                writer.updateNumericDocValue(new Term("key", "7"), "flags", 1);
                try (DirectoryReader after = DirectoryReader.openIfChanged(before)) {
                    found.add(flagged(memory, after));
                }
            }
            assertThat(found).containsExactly(0, 0, 1);
            assertThat(asked).hasSize(2);
        }
    }

    private int flagged(SegmentMatchCache memory, DirectoryReader reader) throws IOException {
        LeafReader leaf = reader.leaves().get(0).reader();
        return memory.findNow(leaf, "flags", "SEEN", documents(leaf, 2_000), documents -> {
                    asked.add("SEEN");
                    NumericDocValues values = DocValues.getNumeric(leaf, "flags");
                    FixedBitSet having = new FixedBitSet(leaf.maxDoc());
                    while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                        if (values.longValue() == 1) {
                            having.set(values.docID());
                        }
                    }
                    return having;
                })
                .cardinality();
    }

    @Test
    void whatWasAskedForLeastRecentlyIsForgottenFirst() throws IOException {
        // an answer of 2,000 documents takes some 500 octets
        SegmentMatchCache memory = new SegmentMatchCache(5_000);
        LeafReader leaf = segment(2_000);
        FixedBitSet all = documents(leaf, 2_000);
        find(memory, leaf, "KEPT", all);
        find(memory, leaf, "FORGOTTEN", all);
        for (int i = 0; i < 30; i++) {
            find(memory, leaf, "KEPT", all);
            find(memory, leaf, "OTHER " + i, all);
        }
        asked.clear();
        find(memory, leaf, "KEPT", all);
        assertThat(asked).isEmpty();
        find(memory, leaf, "FORGOTTEN", all);
        assertThat(asked).containsExactly("FORGOTTEN");
    }
}
