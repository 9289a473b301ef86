/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * Builds the lexicon of one field while its terms are written in order. For one thread.
 *
 * <p>Terms are counted off in blocks; for each gram it lists the blocks that have a term with it.
 */
final class LexiconBuilder {
    /** Fields of fewer terms have no lexicon: looking through all their terms is as fast. */
    static final int WORTHWHILE = 1024;

    private final int size;
    private final List<BytesRef> early = new ArrayList<>();
    private final ByteBuffersDataOutput firstTerms = new ByteBuffersDataOutput();
    private int[] firstTermEnds = new int[16];
    private int count;
    private GramBlocks grams;
    private char[] token = new char[64];

    /** @param size terms in a block: more make the lexicon smaller and a look-up longer */
    LexiconBuilder(int size) {
        this.size = size;
    }

    void add(BytesRef term) throws IOException {
        if (count < WORTHWHILE) {
            early.add(BytesRef.deepCopyOf(term));
            count++;
            if (count == WORTHWHILE) {
                grams = new GramBlocks();
                for (int i = 0; i < early.size(); i++) {
                    index(i, early.get(i));
                }
                early.clear();
            }
            return;
        }
        index(count++, term);
    }

    private void index(int number, BytesRef term) throws IOException {
        int block = number / size;
        if (number % size == 0) {
            if (number > 0) {
                grams.endBlock();
            }
            firstTerms.writeBytes(term.bytes, term.offset, term.length);
            firstTermEnds = ArrayUtil.grow(firstTermEnds, block + 1);
            firstTermEnds[block] = Math.toIntExact(firstTerms.size());
        }
        token = ArrayUtil.grow(token, term.length);
        int length = UnicodeUtil.UTF8toUTF16(term, token);
        Grams.ofToken(token, length, grams::add);
    }

    /**
     * Writes what was gathered.
     *
     * @return where it stands, nothing where the field is too small for a lexicon
     */
    Optional<Lexicon.Place> finish(IndexOutput out) throws IOException {
        if (count < WORTHWHILE) {
            return Optional.empty();
        }
        grams.endBlock();
        int blocks = (count + size - 1) / size;
        long terms = out.getFilePointer();
        firstTerms.copyTo(out);
        long ends = out.getFilePointer();
        for (int i = 0; i < blocks; i++) {
            out.writeInt(firstTermEnds[i]);
        }
        long lists = out.getFilePointer();
        int[] groups = grams.write(out);
        long table = out.getFilePointer();
        for (int offset : groups) {
            out.writeInt(offset);
        }
        return Optional.of(new Lexicon.Place(blocks, size, terms, ends, lists, table, out.getFilePointer()));
    }
}
