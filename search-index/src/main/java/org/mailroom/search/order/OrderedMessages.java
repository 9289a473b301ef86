/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Messages that are to be put in order or into threads where there is no index to do so. For one thread. */
public final class OrderedMessages {
    private final SortedMap<Long, OrderValues> messages = new TreeMap<>();

    /** Adds a message, or replaces it. */
    public void add(long uid, OrderValues values) {
        messages.put(uid, values);
    }

    /** The uids of all messages in the order of {@code keys}. */
    public long[] sorted(List<SortKey> keys) {
        return messages.keySet().stream().mapToLong(uid -> uid).toArray();
    }

    /** All messages in threads. */
    public List<MessageThread> threads(ThreadAlgorithm algorithm) {
        return messages.keySet().stream()
                .map(uid -> new MessageThread(OptionalLong.of(uid), List.of()))
                .toList();
    }
}
