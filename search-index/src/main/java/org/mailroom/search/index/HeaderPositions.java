/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.lexicon.TermPattern;

/**
 * Finds the positions of the header fields of each name in {@link Fields#HEADER}, which all share: those of one name
 * stand next to each other, the names in their order. So it is enough to know for each name how many positions its
 * fields take; the terms need no marks between them.
 */
final class HeaderPositions {
    private final Terms terms;
    private final SortedSetDocValues names;
    private final BinaryDocValues lengths;
    private final long wanted;
    private int doc = -1;
    private int start;
    private int end;

    /** What is said of a message: the texts of its fields in their order, its names, and in octets their positions. */
    record Layout(List<String> texts, List<BytesRef> names, BytesRef lengths) {
        static Layout of(SortedMap<BytesRef, List<String>> fields, WordPieces pieces) {
            List<String> texts = new ArrayList<>();
            List<BytesRef> names = new ArrayList<>();
            ByteBuffersDataOutput lengths = new ByteBuffersDataOutput();
            try {
                for (Map.Entry<BytesRef, List<String>> field : fields.entrySet()) {
                    int length = field.getValue().stream()
                            .mapToInt(text -> TextStream.positions(text, pieces))
                            .sum();
                    if (length > 0) {
                        texts.addAll(field.getValue());
                        names.add(field.getKey());
                        lengths.writeVInt(length);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("octets in memory cannot be written", e);
            }
            return new Layout(texts, names, new BytesRef(lengths.toArrayCopy()));
        }
    }

    private HeaderPositions(LeafReader leaf, Terms terms, BytesRef name) throws IOException {
        this.terms = terms;
        names = DocValues.getSortedSet(leaf, Fields.HEADER_NAMES);
        lengths = DocValues.getBinary(leaf, Fields.HEADER_LENGTHS);
        wanted = names.lookupTerm(name);
    }

    /** The documents of {@code within} that have the tokens in a field of the name. */
    static FixedBitSet documents(
            LeafReader leaf, BytesRef name, List<TermPattern> patterns, FixedBitSet within, SearchControl control)
            throws IOException {
        Terms terms = leaf.terms(Fields.HEADER);
        return terms == null
                ? new FixedBitSet(within.length())
                : new HeaderPositions(leaf, terms, name).documents(patterns, within, control);
    }

    private FixedBitSet documents(List<TermPattern> patterns, FixedBitSet within, SearchControl control)
            throws IOException {
        FixedBitSet found = new FixedBitSet(within.length());
        if (wanted < 0) {
            return found;
        }
        LongList places = Phrase.places(terms, patterns, within, control);
        for (int i = 0; i < places.size(); i++) {
            control.document();
            goTo((int) (places.get(i) >>> 32));
            int position = (int) places.get(i);
            if (position >= start && position < end) {
                found.set(doc);
            }
        }
        return found;
    }

    /** Sets {@link #start} and {@link #end} to where the fields of the name stand; documents are asked for ascending. */
    private void goTo(int document) throws IOException {
        if (doc == document) {
            return;
        }
        doc = document;
        start = 0;
        end = 0;
        if (names.advanceExact(document) && lengths.advanceExact(document)) {
            BytesRef bytes = lengths.binaryValue();
            ByteArrayDataInput in = new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
            for (int i = names.docValueCount(); i > 0; i--) {
                boolean found = names.nextOrd() == wanted;
                int length = in.readVInt();
                end += length;
                if (found) {
                    return;
                }
                start = end;
            }
            end = start;
        }
    }
}
