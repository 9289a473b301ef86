/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a search pays for before it looks for anything: that nothing changed is checked, and what changed is taken in. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChangeBenchmark {
    private static final Flags DRAFT = new Flags(Set.of(SystemFlag.DRAFT), Set.of());

    private long modSeq = Integer.MAX_VALUE;
    private boolean drafts;

    /** The catch-up check of an index that is up to date. */
    @Benchmark
    public boolean compareWatermark(IndexState state) throws IOException {
        try (UserIndexes.Lease lease = state.indexes.lease(IndexState.OWNER)) {
            return lease.index().watermark(IndexState.MAILBOX).equals(Optional.of(state.watermark));
        }
    }

    /** The other half of it, which is due now and then: whether there are as many messages as in the store. */
    @Benchmark
    public int countMessages(IndexState state) throws IOException {
        return state.index.count(IndexState.MAILBOX);
    }

    /** How many messages have a flag after it was set or taken back on one. */
    @Benchmark
    public int updateFlagsOfOneMessageAndSearch(IndexState state) throws IOException {
        return update(state, 1);
    }

    /** The same with a STORE of a thousand messages. */
    @Benchmark
    public int updateFlagsOfThousandMessagesAndSearch(IndexState state) throws IOException {
        return update(state, 1_000);
    }

    private int update(IndexState state, int messages) throws IOException {
        drafts = !drafts;
        modSeq++;
        List<FlagsUpdate> updates = LongStream.rangeClosed(1, messages)
                .mapToObj(uid -> new FlagsUpdate(uid, drafts ? DRAFT : Flags.NONE, modSeq))
                .toList();
        state.index.updateFlags(IndexState.MAILBOX, updates);
        SearchKey key = new MailKey.FlagSet(SystemFlag.DRAFT);
        return state.index
                .search(IndexState.MAILBOX, key, Instant.EPOCH, uid -> Optional.empty())
                .uids()
                .length;
    }
}
