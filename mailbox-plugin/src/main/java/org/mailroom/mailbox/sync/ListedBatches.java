/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mailroom.search.match.MessageMetadata;

/** Splits listed messages into batches, by their number and size. Thread-safe. */
final class ListedBatches implements MessageBatches {
    /** As many pieces of a batch are read by themselves; smaller gaps between them are read and left out. */
    private static final int RANGES = 8;

    private final Queue<Batch> batches;
    private final int number;

    /** @param octets so large a batch may be; one that is larger has one message */
    ListedBatches(List<MessageMetadata> messages, long octets) {
        List<Batch> made = new ArrayList<>();
        SortedSet<Long> uids = new TreeSet<>();
        long together = 0;
        for (MessageMetadata message : messages) {
            if (!uids.isEmpty() && (uids.size() >= MESSAGES || together + message.size() > octets)) {
                made.add(batch(made.size(), uids));
                uids = new TreeSet<>();
                together = 0;
            }
            uids.add(message.uid());
            together += message.size();
        }
        if (!uids.isEmpty()) {
            made.add(batch(made.size(), uids));
        }
        this.number = made.size();
        this.batches = new ConcurrentLinkedQueue<>(made);
    }

    private static Batch batch(int number, SortedSet<Long> uids) {
        return new Batch(number, UidRange.cover(uids, RANGES), uids::contains);
    }

    @Override
    public Optional<Batch> next() {
        return Optional.ofNullable(batches.poll());
    }

    @Override
    public boolean isEmpty() {
        return batches.isEmpty();
    }

    @Override
    public long atMost() {
        return number;
    }
}
