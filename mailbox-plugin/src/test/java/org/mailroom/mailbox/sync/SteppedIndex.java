/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.IndexFigures;
import org.mailroom.search.index.MessageReader;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.MessageText;

/** An index that keeps what sync gives it in a map, in steps. */
final class SteppedIndex implements UserIndex {
    private final Steps steps;
    private final boolean closedCleanly;
    private final Map<String, TreeMap<Long, Entry>> messages;
    private final Map<String, Watermark> watermarks;

    SteppedIndex(Steps steps) {
        this(steps, false, new HashMap<>(), new HashMap<>());
    }

    private SteppedIndex(
            Steps steps,
            boolean closedCleanly,
            Map<String, TreeMap<Long, Entry>> messages,
            Map<String, Watermark> watermarks) {
        this.steps = steps;
        this.closedCleanly = closedCleanly;
        this.messages = messages;
        this.watermarks = watermarks;
    }

    /** The same index, closed in good order and opened again. */
    SteppedIndex reopened() {
        return new SteppedIndex(steps, true, messages, watermarks);
    }

    private TreeMap<Long, Entry> of(String mailbox) {
        return messages.computeIfAbsent(mailbox, id -> new TreeMap<>());
    }

    /** What a search would find now. */
    Map<Long, Entry> answer(String mailbox) {
        return Map.copyOf(of(mailbox));
    }

    @Override
    public Optional<Watermark> watermark(String mailbox) {
        return Optional.ofNullable(watermarks.get(mailbox));
    }

    @Override
    public void setWatermark(String mailbox, Watermark watermark) {
        steps.step();
        watermarks.put(mailbox, watermark);
    }

    @Override
    public boolean closedCleanly() {
        return closedCleanly;
    }

    @Override
    public void add(String mailbox, MessageMetadata metadata, MessageText text) {
        steps.step();
        of(mailbox)
                .put(
                        metadata.uid(),
                        new Entry(
                                metadata.uid(),
                                metadata.modSeq(),
                                metadata.internalDate(),
                                metadata.size(),
                                metadata.flags()));
    }

    @Override
    public void updateFlags(String mailbox, List<FlagsUpdate> updates) {
        steps.step();
        for (FlagsUpdate update : updates) {
            of(mailbox)
                    .computeIfPresent(
                            update.uid(),
                            (uid, entry) -> new Entry(
                                    uid, update.modSeq(), entry.internalDate(), entry.size(), update.flags()));
        }
    }

    @Override
    public void remove(String mailbox, long... uids) {
        steps.step();
        for (long uid : uids) {
            of(mailbox).remove(uid);
        }
    }

    @Override
    public void removeMailbox(String mailbox) {
        messages.remove(mailbox);
        watermarks.remove(mailbox);
    }

    @Override
    public int count(String mailbox) {
        return of(mailbox).size();
    }

    @Override
    public List<Entry> list(String mailbox) {
        return List.copyOf(of(mailbox).values());
    }

    @Override
    public Hits search(String mailbox, SearchKey key, Instant now, MessageReader reader, SearchControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] sort(String mailbox, long[] uids, List<SortKey> keys, SearchKey searched, SearchControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int[] relevancies(String mailbox, long[] uids, SearchKey searched, SearchControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MessageThread> threads(String mailbox, long[] uids, ThreadAlgorithm algorithm, SearchControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {
        // it is in memory
    }

    @Override
    public IndexFigures figures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> mailboxes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Incomplete incomplete(String mailbox, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void optimize() {
        throw new UnsupportedOperationException();
    }
}
