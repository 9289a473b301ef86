/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/**
 * Says which terms of the dictionary stand for one token of a searched string: the string's first token may be the end
 * of a longer one, its last the beginning, a single one may stand anywhere within.
 *
 * @param shape how the terms relate to {@code text}
 * @param text the token
 * @param bytes the same in UTF-8
 * @param steps by octet, how far to move on where it is the last of a piece that is not {@code bytes} (Horspool)
 */
public record TermPattern(Shape shape, String text, BytesRef bytes, int[] steps) {
    /** How a term relates to the pattern's text. */
    public enum Shape {
        EXACT,
        PREFIX,
        SUFFIX,
        INFIX;

        /**
         * @param openBefore whether a term may have more before the pattern's text
         * @param openAfter whether it may have more behind it
         */
        private static Shape of(boolean openBefore, boolean openAfter) {
            if (openBefore) {
                return openAfter ? INFIX : SUFFIX;
            }
            return openAfter ? PREFIX : EXACT;
        }
    }

    public static TermPattern of(Shape shape, String token) {
        BytesRef bytes = new BytesRef(token);
        return new TermPattern(shape, token, bytes, steps(bytes));
    }

    private static int[] steps(BytesRef bytes) {
        int[] steps = new int[1 << Byte.SIZE];
        Arrays.fill(steps, bytes.length);
        for (int i = 0; i < bytes.length - 1; i++) {
            steps[bytes.bytes[bytes.offset + i] & 0xFF] = bytes.length - 1 - i;
        }
        return steps;
    }

    /** The patterns of the tokens of a normalised string, for terms at consecutive positions; none for an empty string. */
    public static List<TermPattern> of(String normalised) {
        List<TermPattern> patterns = new ArrayList<>();
        Tokens tokens = new Tokens(normalised);
        while (tokens.next()) {
            boolean openBefore = patterns.isEmpty() && !tokens.beginsWhole();
            boolean openAfter = tokens.last() && tokens.kind() == Tokens.Kind.WORD;
            patterns.add(of(Shape.of(openBefore, openAfter), tokens.toString()));
        }
        return patterns;
    }

    /** Whether {@code term} fits. */
    boolean fits(BytesRef term) {
        return switch (shape) {
            case EXACT -> term.bytesEquals(bytes);
            case PREFIX -> term.length >= bytes.length && matchesAt(term, term.offset);
            case SUFFIX -> term.length >= bytes.length && matchesAt(term, term.offset + term.length - bytes.length);
            case INFIX -> contains(term);
        };
    }

    /** Bytes will do: no character's UTF-8 begins within another's. */
    private boolean contains(BytesRef term) {
        int end = term.offset + term.length;
        int last = term.offset + bytes.length - 1;
        while (last < end) {
            if (matchesAt(term, last - bytes.length + 1)) {
                return true;
            }
            last += steps[term.bytes[last] & 0xFF];
        }
        return false;
    }

    private boolean matchesAt(BytesRef term, int at) {
        for (int i = 0; i < bytes.length; i++) {
            if (term.bytes[at + i] != bytes.bytes[bytes.offset + i]) {
                return false;
            }
        }
        return true;
    }
}
