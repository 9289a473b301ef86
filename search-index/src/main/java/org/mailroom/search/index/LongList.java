/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Arrays;
import org.apache.lucene.util.ArrayUtil;

/** Numbers in a growing array, so that a hundred thousand hits are no hundred thousand objects. For one thread. */
final class LongList {
    private long[] values = new long[16];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = ArrayUtil.grow(values, size + 1);
        }
        values[size++] = value;
    }

    /** Makes room for {@code more} values at once. */
    void reserve(int more) {
        values = ArrayUtil.grow(values, size + more);
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    /** Ascending, each value once. */
    void sortDistinct() {
        if (!ascending()) {
            Arrays.sort(values, 0, size);
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || values[kept - 1] != values[i]) {
                values[kept++] = values[i];
            }
        }
        size = kept;
    }

    private boolean ascending() {
        for (int i = 1; i < size; i++) {
            if (values[i - 1] > values[i]) {
                return false;
            }
        }
        return true;
    }

    /** Keeps the values whose index is set in {@code indexes}. */
    void retain(org.apache.lucene.util.FixedBitSet indexes) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (indexes.get(i)) {
                values[kept++] = values[i];
            }
        }
        size = kept;
    }

    /** The index of the first value of at least {@code value} from {@code from} on, in an ascending list. */
    int ceiling(int from, long value) {
        if (from >= size || values[from] >= value) {
            return from;
        }
        int bound = 1;
        while (from + bound < size && values[from + bound] < value) {
            bound *= 2;
        }
        int low = from + bound / 2;
        int high = Math.min(from + bound + 1, size);
        int found = Arrays.binarySearch(values, Math.min(low, size), high, value);
        return found >= 0 ? found : -found - 1;
    }

    /** Whether an ascending list has the value. */
    boolean contains(long value) {
        return Arrays.binarySearch(values, 0, size, value) >= 0;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
