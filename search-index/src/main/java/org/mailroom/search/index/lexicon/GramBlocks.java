/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.io.IOException;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.ArrayUtil;

/**
 * Gathers for each gram an ascending list of the blocks that have it, block by block. For one thread.
 *
 * <p>It marks the grams of a block in a set, which is small enough for the processor's cache, and then notes them in
 * their order, most by one octet. It sorts them by gram only when all are noted.
 */
final class GramBlocks {
    /** So many numbers of blocks are sorted at a time, which bounds the heap that they take. */
    private static final int AT_ONCE = 1 << 20;

    /** Between the grams of a block and those of the next, as a difference: there it is at least 1. */
    private static final byte END_OF_BLOCK = 0;

    /** What a difference takes at most, in octets of seven bits. */
    private static final int LONGEST_DIFFERENCE = 3;

    private final long[] inBlock = new long[Grams.NUMBERS / Long.SIZE];
    private final int[] counts = new int[Grams.NUMBERS];
    private byte[] differences = new byte[1024];
    private int used;
    private int blocks;

    /** The block that is gathered has the gram. */
    void add(int gram) {
        inBlock[gram / Long.SIZE] |= 1L << gram;
    }

    /** What is added from now on is in the next block. */
    void endBlock() {
        int before = -1;
        for (int i = 0; i < inBlock.length; i++) {
            for (long marks = inBlock[i]; marks != 0; marks &= marks - 1) {
                int gram = i * Long.SIZE + Long.numberOfTrailingZeros(marks);
                counts[gram]++;
                note(gram - before);
                before = gram;
            }
            inBlock[i] = 0;
        }
        note(END_OF_BLOCK);
        blocks++;
    }

    private void note(int difference) {
        if (used + LONGEST_DIFFERENCE > differences.length) {
            differences = ArrayUtil.growExact(differences, ArrayUtil.oversize(2 * used, Byte.BYTES));
        }
        int rest = difference;
        while (rest > 0x7F) {
            differences[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        differences[used++] = (byte) rest;
    }

    /**
     * Writes the lists, those of neighbouring grams as a group.
     *
     * @return where each group begins, and where the last one ends
     */
    int[] write(IndexOutput out) throws IOException {
        long start = out.getFilePointer();
        int[] groups = new int[Grams.NUMBERS / Lexicon.GROUP + 1];
        BlockList list = new BlockList();
        int end;
        for (int first = 0; first < Grams.NUMBERS; first = end) {
            end = endOfRange(first);
            int[] ends = new int[end - first];
            int[] numbers = sorted(first, ends);
            for (int gram = first; gram < end; gram++) {
                if (gram % Lexicon.GROUP == 0) {
                    groups[gram / Lexicon.GROUP] = Math.toIntExact(out.getFilePointer() - start);
                }
                int inGroup = gram % Lexicon.GROUP;
                int listed = listed(gram);
                if (listed > 0) {
                    out.writeByte((byte) inGroup);
                    list.write(numbers, ends[gram - first] - listed, listed, out);
                } else if (counts[gram] > 0) {
                    out.writeByte((byte) (inGroup | Lexicon.ANY_BLOCK));
                }
            }
        }
        groups[groups.length - 1] = Math.toIntExact(out.getFilePointer() - start);
        return groups;
    }

    /** How many blocks the list of a gram has; none is written where it would have most of them. */
    private int listed(int gram) {
        return counts[gram] > blocks / 2 ? 0 : counts[gram];
    }

    /** The first gram whose list is not sorted together with that of {@code first}. */
    private int endOfRange(int first) {
        int end = first;
        int sum = 0;
        while (end < Grams.NUMBERS && (end == first || sum + listed(end) <= AT_ONCE)) {
            sum += listed(end);
            end++;
        }
        return end;
    }

    /**
     * The lists of the grams from {@code first} on, one after the other.
     *
     * @param ends set to where each list ends
     */
    private int[] sorted(int first, int[] ends) {
        int sum = 0;
        for (int i = 0; i < ends.length; i++) {
            ends[i] = sum;
            sum += listed(first + i);
        }
        int[] numbers = new int[sum];
        int gram = -1;
        int block = 0;
        for (int at = 0; at < used; at++) {
            int difference = differences[at] & 0x7F;
            for (int shift = 7; differences[at] < 0; shift += 7) {
                difference |= (differences[++at] & 0x7F) << shift;
            }
            if (difference == END_OF_BLOCK) {
                gram = -1;
                block++;
                continue;
            }
            gram += difference;
            int place = gram - first;
            if (place >= 0 && place < ends.length && listed(gram) > 0) {
                numbers[ends[place]++] = block;
            }
        }
        return numbers;
    }
}
