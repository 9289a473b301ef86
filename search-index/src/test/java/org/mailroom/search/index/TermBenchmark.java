/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.lexicon.Lexicon;
import org.mailroom.search.text.Casemap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** How strings are found in bodies, without what is remembered of earlier searches. An operation is one string. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TermBenchmark {
    static final Needle INFIX = Needle.of("voic", Casemap.keepingAccents());
    static final Needle LETTERS = Needle.of("vo", Casemap.keepingAccents());
    static final Needle FREQUENT = Needle.of("of the", Casemap.keepingAccents());
    static final Needle PARTS = Needle.of("f the m", Casemap.keepingAccents());

    /** How many terms the lexicon finds by grams. */
    @Benchmark
    public int lexiconByGrams(IndexState state) throws IOException {
        return terms(state, INFIX);
    }

    /** How many terms it finds where two letters tell nothing: all are looked at. */
    @Benchmark
    public int lexiconByTwoLetters(IndexState state) throws IOException {
        return terms(state, LETTERS);
    }

    /** How many documents have a phrase of which every word is whole. */
    @Benchmark
    public int phraseOfFrequentWords(IndexState state) throws IOException {
        return documents(state, FREQUENT);
    }

    /** How many documents have a phrase that begins and ends within words, so that many terms have to be verified. */
    @Benchmark
    public int phraseOfPartsOfWords(IndexState state) throws IOException {
        return documents(state, PARTS);
    }

    private static int terms(IndexState state, Needle needle) throws IOException {
        int[] count = new int[1];
        for (LeafReader leaf : state.leaves()) {
            Lexicon.visit(
                    leaf.terms(Fields.BODY), needle.patterns().get(0), SearchControl.unlimited(), term -> count[0]++);
        }
        return count[0];
    }

    private static int documents(IndexState state, Needle needle) throws IOException {
        int count = 0;
        for (LeafReader leaf : state.leaves()) {
            FixedBitSet all = new FixedBitSet(leaf.maxDoc());
            all.set(0, leaf.maxDoc());
            count += Phrase.documents(leaf.terms(Fields.BODY), needle.patterns(), all, SearchControl.unlimited())
                    .cardinality();
        }
        return count;
    }
}
