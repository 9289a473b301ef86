/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.RandomAccessInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;

/**
 * Finds the terms of one field of a segment that have a given piece of text in them, without walking the whole
 * dictionary. It is written with the segment and lives as long, so the two always agree. Thread-safe.
 */
public final class Lexicon {
    /** The lists of so many neighbouring grams are looked through one by one. */
    static final int GROUP = 64;

    /** Set in a gram's number in its group where so many blocks have the gram that they are not listed. */
    static final int ANY_BLOCK = 0x40;

    /** What an entry of the ends takes. */
    private static final long END_OCTETS = 2L * Integer.BYTES;

    /**
     * Where a field's lexicon stands in the segment's file.
     *
     * @param blocks how many blocks of terms there are
     * @param terms of each block a string up to which all terms of the block before sort, and behind which all of its own
     * @param ends for each block, where that string ends and how many terms there are up to its end
     * @param lists the lists of blocks
     * @param table where each group of lists begins
     */
    record Place(int blocks, long terms, long ends, long lists, long table, long end) {
        static Place read(DataInput in) throws IOException {
            return new Place(
                    in.readVInt(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong());
        }

        void write(DataOutput out) throws IOException {
            out.writeVInt(blocks);
            out.writeVLong(terms);
            out.writeVLong(ends);
            out.writeVLong(lists);
            out.writeVLong(table);
            out.writeVLong(end);
        }
    }

    private final Place place;
    private final IndexInput file;

    Lexicon(Place place, IndexInput file) {
        this.place = place;
        this.file = file;
    }

    /** Takes terms: the enumeration stands on the term. */
    @FunctionalInterface
    public interface TermVisitor {
        void visit(TermsEnum term) throws IOException;
    }

    /** Visits every term of {@code terms} that fits {@code pattern}, in order; some may be visited twice. */
    public static void visit(Terms terms, TermPattern pattern, SearchControl control, TermVisitor visitor)
            throws IOException {
        if (pattern.bytes().length > IndexWriter.MAX_TERM_LENGTH) {
            return;
        }
        TermsEnum all = terms.iterator();
        switch (pattern.shape()) {
            case EXACT -> {
                control.term();
                if (all.seekExact(pattern.bytes())) {
                    visitor.visit(all);
                }
            }
            case PREFIX -> visitPrefix(all, pattern, control, visitor);
            case SUFFIX, INFIX -> {
                Optional<Lexicon> lexicon =
                        terms instanceof LexiconFormat.LexiconTerms own ? own.lexicon() : Optional.empty();
                Optional<FixedBitSet> blocks =
                        lexicon.isPresent() ? lexicon.get().blocks(pattern, control) : Optional.empty();
                if (blocks.isPresent()) {
                    lexicon.get().visitBlocks(all, blocks.get(), pattern, control, visitor);
                } else {
                    visitAll(all, pattern, control, visitor);
                }
            }
        }
    }

    private static void visitPrefix(TermsEnum all, TermPattern pattern, SearchControl control, TermVisitor visitor)
            throws IOException {
        if (all.seekCeil(pattern.bytes()) == TermsEnum.SeekStatus.END) {
            return;
        }
        while (pattern.fits(all.term())) {
            control.term();
            visitor.visit(all);
            if (all.next() == null) {
                return;
            }
        }
    }

    private static void visitAll(TermsEnum all, TermPattern pattern, SearchControl control, TermVisitor visitor)
            throws IOException {
        for (BytesRef term = all.next(); term != null; term = all.next()) {
            control.term();
            if (pattern.fits(term)) {
                visitor.visit(all);
            }
        }
    }

    private void visitBlocks(
            TermsEnum all, FixedBitSet blocks, TermPattern pattern, SearchControl control, TermVisitor visitor)
            throws IOException {
        int block = blocks.nextSetBit(0);
        while (block < place.blocks()) {
            if (all.seekCeil(start(block)) == TermsEnum.SeekStatus.END) {
                return;
            }
            // neighbouring blocks in one go; terms that a merge dropped only make it go a little too far
            int end = blocks.nextSetBit(block) == block ? endOfRun(blocks, block) : block + 1;
            BytesRef term = all.term();
            for (int i = termsBefore(end) - termsBefore(block); i > 0 && term != null; i--) {
                control.term();
                if (pattern.fits(term)) {
                    visitor.visit(all);
                }
                term = all.next();
            }
            block = end < place.blocks() ? blocks.nextSetBit(end) : place.blocks();
        }
    }

    private int endOfRun(FixedBitSet blocks, int block) {
        int end = block + 1;
        while (end < place.blocks() && blocks.get(end)) {
            end++;
        }
        return end;
    }

    private int termsBefore(int block) throws IOException {
        return block == 0 ? 0 : ends().readInt((block - 1) * END_OCTETS + Integer.BYTES);
    }

    private RandomAccessInput ends() throws IOException {
        return file.randomAccessSlice(place.ends(), place.lists() - place.ends());
    }

    private BytesRef start(int block) throws IOException {
        RandomAccessInput ends = ends();
        int from = block == 0 ? 0 : ends.readInt((block - 1) * END_OCTETS);
        BytesRef term = new BytesRef(ends.readInt(block * END_OCTETS) - from);
        IndexInput in = file.clone();
        in.seek(place.terms() + from);
        in.readBytes(term.bytes, 0, term.bytes.length);
        term.length = term.bytes.length;
        return term;
    }

    /** The blocks that may have a term which fits; nothing where the lexicon cannot tell. */
    private Optional<FixedBitSet> blocks(TermPattern pattern, SearchControl control) throws IOException {
        BlockFilter filter = new BlockFilter();
        try {
            Grams.ofPattern(pattern, gram -> {
                control.term();
                filter.restrict(gram);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return filter.blocks;
    }

    /** The blocks that are left after each gram. */
    private final class BlockFilter {
        private final RandomAccessInput table;
        private final IndexInput lists;
        private Optional<FixedBitSet> blocks = Optional.empty();

        BlockFilter() throws IOException {
            table = file.randomAccessSlice(place.table(), place.end() - place.table());
            lists = file.clone();
        }

        void restrict(int gram) {
            try {
                FixedBitSet having = new FixedBitSet(place.blocks());
                if (read(gram, having)) {
                    if (blocks.isPresent()) {
                        blocks.get().and(having);
                    } else {
                        blocks = Optional.of(having);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Gathers the blocks that have the gram; false where they are too many to be listed. */
        private boolean read(int gram, FixedBitSet having) throws IOException {
            long group = gram / GROUP * 4L;
            lists.seek(place.lists() + table.readInt(group));
            long end = place.lists() + table.readInt(group + 4);
            while (lists.getFilePointer() < end) {
                int number = lists.readByte();
                boolean sought = (number & GROUP - 1) == gram % GROUP;
                if ((number & ANY_BLOCK) != 0) {
                    if (sought) {
                        return false;
                    }
                } else {
                    if (sought) {
                        BlockList.read(lists, having);
                        return true;
                    }
                    BlockList.skip(lists);
                }
            }
            return true;
        }
    }
}
