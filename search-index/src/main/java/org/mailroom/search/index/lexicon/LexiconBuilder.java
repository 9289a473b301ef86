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
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.UnicodeUtil;

/**
 * Builds the lexicon of one field while its terms are written in order. For one thread.
 *
 * <p>Terms are counted off in blocks; for each gram it lists the blocks that have a term with it.
 */
final class LexiconBuilder {
    /** Fields of fewer terms and fewer octets have no lexicon: looking through all their terms is as fast. */
    static final int WORTHWHILE = 1024;

    private static final int WORTHWHILE_OCTETS = 32 * 1024;

    /**
     * A block that has so many octets takes no more terms. Blocks of ordinary words have a tenth of that; a block of long
     * pieces of words would have nearly every gram, and be looked through for nearly every string.
     */
    private static final int MAX_OCTETS = 4096;

    private final int size;
    private final List<BytesRef> early = new ArrayList<>();
    private final ByteBuffersDataOutput starts = new ByteBuffersDataOutput();
    private int[] startEnds = new int[16];
    private int[] termCounts = new int[16];
    private int blocks;
    private int inBlock;
    private int octetsOfBlock;
    private int count;
    private long octets;
    private final BytesRefBuilder last = new BytesRefBuilder();
    /** Made as soon as a lexicon is worthwhile, and used only then. */
    @SuppressWarnings("NullAway")
    private GramBlocks grams;

    private char[] token = new char[64];

    /** @param size terms in a block at most: more make the lexicon smaller and a look-up longer */
    LexiconBuilder(int size) {
        this.size = size;
    }

    void add(BytesRef term) throws IOException {
        count++;
        octets += term.length;
        if (isWorthwhile()) {
            if (grams == null) {
                grams = new GramBlocks();
                for (BytesRef earlier : early) {
                    index(earlier);
                }
                early.clear();
            }
            index(term);
        } else {
            early.add(BytesRef.deepCopyOf(term));
        }
    }

    private boolean isWorthwhile() {
        return count >= WORTHWHILE || octets >= WORTHWHILE_OCTETS;
    }

    private void index(BytesRef term) throws IOException {
        if (inBlock == size || octetsOfBlock >= MAX_OCTETS) {
            endBlock();
        }
        if (inBlock == 0) {
            // its beginning will do that sorts behind the block before
            int length = blocks == 0 ? 0 : StringHelper.sortKeyLength(last.get(), term);
            starts.writeBytes(term.bytes, term.offset, length);
            startEnds = ArrayUtil.grow(startEnds, blocks + 1);
            startEnds[blocks] = Math.toIntExact(starts.size());
        }
        inBlock++;
        octetsOfBlock += term.length;
        last.copyBytes(term);
        token = ArrayUtil.grow(token, term.length);
        int length = UnicodeUtil.UTF8toUTF16(term, token);
        Grams.ofToken(token, length, grams::add);
    }

    private void endBlock() {
        grams.endBlock();
        termCounts = ArrayUtil.grow(termCounts, blocks + 1);
        termCounts[blocks] = inBlock + (blocks == 0 ? 0 : termCounts[blocks - 1]);
        blocks++;
        inBlock = 0;
        octetsOfBlock = 0;
    }

    /**
     * Writes what was gathered.
     *
     * @return where it stands, nothing where the field is too small for a lexicon
     */
    Optional<Lexicon.Place> finish(IndexOutput out) throws IOException {
        if (!isWorthwhile()) {
            return Optional.empty();
        }
        endBlock();
        long terms = out.getFilePointer();
        starts.copyTo(out);
        long ends = out.getFilePointer();
        for (int i = 0; i < blocks; i++) {
            out.writeInt(startEnds[i]);
            out.writeInt(termCounts[i]);
        }
        long lists = out.getFilePointer();
        int[] groups = grams.write(out);
        long table = out.getFilePointer();
        for (int offset : groups) {
            out.writeInt(offset);
        }
        return Optional.of(new Lexicon.Place(blocks, terms, ends, lists, table, out.getFilePointer()));
    }
}
