/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * Gathers the lexicon of one field while its terms are written in order. For one thread.
 *
 * <p>Terms are counted off in blocks; for each gram the blocks are listed that have a term with it.
 */
final class LexiconBuilder {
    /** Terms in a block: more make the lexicon smaller and a look-up longer. */
    static final int BLOCK = 256;

    /** Fields of fewer terms have no lexicon: looking through all their terms is as fast. */
    static final int WORTHWHILE = 1024;

    private final List<BytesRef> early = new ArrayList<>();
    private final ByteBuffersDataOutput firstTerms = new ByteBuffersDataOutput();
    private int[] firstTermEnds = new int[16];
    private int count;
    private BlockLists lists;
    private char[] token = new char[64];

    void add(BytesRef term) throws IOException {
        if (count < WORTHWHILE) {
            early.add(BytesRef.deepCopyOf(term));
            count++;
            if (count == WORTHWHILE) {
                lists = new BlockLists();
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
        int block = number / BLOCK;
        if (number % BLOCK == 0) {
            firstTerms.writeBytes(term.bytes, term.offset, term.length);
            firstTermEnds = ArrayUtil.grow(firstTermEnds, block + 1);
            firstTermEnds[block] = Math.toIntExact(firstTerms.size());
        }
        token = ArrayUtil.grow(token, term.length);
        int length = UnicodeUtil.UTF8toUTF16(term, token);
        Grams.ofToken(token, length, gram -> lists.add(gram, block));
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
        int blocks = (count + BLOCK - 1) / BLOCK;
        long terms = out.getFilePointer();
        firstTerms.copyTo(out);
        long ends = out.getFilePointer();
        for (int i = 0; i < blocks; i++) {
            out.writeInt(firstTermEnds[i]);
        }
        long lists = out.getFilePointer();
        int[] groups = this.lists.write(out, blocks);
        long table = out.getFilePointer();
        for (int offset : groups) {
            out.writeInt(offset);
        }
        return Optional.of(new Lexicon.Place(blocks, terms, ends, lists, table, out.getFilePointer()));
    }

    /** For each gram an ascending list of blocks, kept as variable-length differences. */
    private static final class BlockLists {
        /** What is known of a gram stands together: its last block plus one, and how many blocks and octets it has. */
        private static final int LAST = 0;

        private static final int COUNT = 1;
        private static final int USED = 2;
        private static final int NUMBERS = 4;

        private final byte[][] bytes = new byte[Grams.NUMBERS][];
        private final int[] known = new int[NUMBERS * Grams.NUMBERS];

        void add(int gram, int block) {
            int at = NUMBERS * gram;
            int difference = block - known[at + LAST];
            if (difference < 0) {
                return;
            }
            known[at + LAST] = block + 1;
            known[at + COUNT]++;
            int used = known[at + USED];
            byte[] list = bytes[gram];
            if (list == null) {
                list = bytes[gram] = new byte[8];
            } else if (used + 5 > list.length) {
                list = bytes[gram] = Arrays.copyOf(list, Math.max(list.length * 2, used + 5));
            }
            while ((difference & ~0x7F) != 0) {
                list[used++] = (byte) (difference & 0x7F | 0x80);
                difference >>>= 7;
            }
            list[used++] = (byte) difference;
            known[at + USED] = used;
        }

        /**
         * Writes the lists, those of neighbouring grams as a group.
         *
         * @return where each group begins, and where the last one ends
         */
        int[] write(IndexOutput out, int blocks) throws IOException {
            long start = out.getFilePointer();
            int[] groups = new int[Grams.NUMBERS / Lexicon.GROUP + 1];
            BlockList list = new BlockList();
            for (int gram = 0; gram < Grams.NUMBERS; gram++) {
                if (gram % Lexicon.GROUP == 0) {
                    groups[gram / Lexicon.GROUP] = Math.toIntExact(out.getFilePointer() - start);
                }
                if (bytes[gram] == null) {
                    continue;
                }
                int inGroup = gram % Lexicon.GROUP;
                int count = known[NUMBERS * gram + COUNT];
                if (count > blocks / 2) {
                    out.writeByte((byte) (inGroup | Lexicon.ANY_BLOCK));
                } else {
                    out.writeByte((byte) inGroup);
                    list.write(differences(gram, count), count, out);
                }
            }
            groups[groups.length - 1] = Math.toIntExact(out.getFilePointer() - start);
            return groups;
        }

        private int[] differences(int gram, int count) {
            int[] differences = new int[count];
            int at = 0;
            for (int i = 0; i < differences.length; i++) {
                int shift = 0;
                byte next;
                do {
                    next = bytes[gram][at++];
                    differences[i] |= (next & 0x7F) << shift;
                    shift += 7;
                } while (next < 0);
            }
            return differences;
        }
    }
}
