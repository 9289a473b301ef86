/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the first search pays for after an index was closed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 20)
@Measurement(iterations = 40)
public class OpenBenchmark {
    private static final SearchKey WORD = new MailKey.Body("voic");

    @Setup(Level.Invocation)
    public void close(IndexState state) throws IOException {
        state.closeIndex();
    }

    @Benchmark
    public int openAndCount(IndexState state) throws IOException {
        state.openIndex();
        return state.index.count(IndexState.MAILBOX);
    }

    @Benchmark
    public int openAndSearch(IndexState state) throws IOException {
        state.openIndex();
        return state.index
                .search(IndexState.MAILBOX, WORD, Instant.EPOCH, uid -> Optional.empty())
                .uids()
                .length;
    }
}
