/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.BitSet;

/** Recognises the letters, digits and marks of the scripts that write words without spaces between them. */
public final class Ideographs {
    private static final BitSet ALL = new BitSet();

    static {
        UnicodeData.visit('i', (first, last, values) -> ALL.set(first, last + 1));
    }

    /** No ideograph is below. */
    public static final char LEAST = (char) ALL.nextSetBit(0);

    private Ideographs() {}

    /** Whether the character {@code c} is one. */
    public static boolean contains(int c) {
        return c >= LEAST && ALL.get(c);
    }
}
