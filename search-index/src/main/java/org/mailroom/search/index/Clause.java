/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/** Evaluates a search key over one segment. */
record Clause(Cost cost, Evaluation evaluation) {

    /** What a clause costs, for the cheap ones of an AND to go first. */
    enum Cost {
        TERM,
        /** A header field with a dictionary of its own, which is small. */
        FIELD,
        /** Looked at for each document that is in question. */
        NUMBER,
        HEADER,
        BODY
    }

    /** Finds those documents of {@code within} that match; {@code within} is left as it is. */
    @FunctionalInterface
    interface Evaluation {
        FixedBitSet in(FixedBitSet within) throws IOException;
    }

    FixedBitSet in(FixedBitSet within) throws IOException {
        return evaluation.in(within);
    }

    /** What every one of {@code all} matches. */
    static Clause and(List<Clause> all) {
        List<Clause> clauses = cheapestFirst(all);
        return new Clause(dearest(clauses), within -> {
            FixedBitSet left = within;
            for (Clause clause : clauses) {
                if (left.scanIsEmpty()) {
                    return left;
                }
                left = clause.in(left);
            }
            return left;
        });
    }

    /** What one of {@code all} matches. */
    static Clause or(List<Clause> all) {
        List<Clause> clauses = cheapestFirst(all);
        return new Clause(dearest(clauses), within -> {
            FixedBitSet found = new FixedBitSet(within.length());
            FixedBitSet left = within;
            for (Clause clause : clauses) {
                if (left.scanIsEmpty()) {
                    return found;
                }
                found.or(clause.in(left));
                left = without(within, found);
            }
            return found;
        });
    }

    /** What this does not match. */
    Clause not() {
        return new Clause(cost, within -> without(within, in(within)));
    }

    private static List<Clause> cheapestFirst(List<Clause> clauses) {
        return clauses.stream().sorted(Comparator.comparing(Clause::cost)).toList();
    }

    private static Cost dearest(List<Clause> clauses) {
        return clauses.stream().map(Clause::cost).max(Comparator.naturalOrder()).orElse(Cost.TERM);
    }

    static FixedBitSet without(FixedBitSet within, FixedBitSet taken) {
        FixedBitSet left = within.clone();
        left.andNot(taken);
        return left;
    }
}
