/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mailroom.search.control.SearchControl;

/** Messages that are to be put in order or into threads where there is no index to do so. For one thread. */
public final class OrderedMessages {
    private final SortedMap<Long, OrderValues> messages = new TreeMap<>();
    private final SearchControl control;

    public OrderedMessages() {
        this(SearchControl.unlimited());
    }

    /** @param control stops it */
    public OrderedMessages(SearchControl control) {
        this.control = control;
    }

    /** Adds a message, or replaces it. */
    public void add(long uid, OrderValues values) {
        messages.put(uid, values);
    }

    /** The uids of all messages in the order of {@code keys}; those that are equal by all keys by ascending uid. All are equally relevant. */
    public long[] sorted(List<SortKey> keys) {
        Comparator<OrderValues> order = SortKey.complete(keys).stream()
                .map(OrderedMessages::order)
                .reduce(Comparator::thenComparing)
                .orElse((one, other) -> 0);
        return messages.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> {
                    control.document();
                    return order.compare(one, other);
                }))
                .mapToLong(Map.Entry::getKey)
                .toArray();
    }

    private static Comparator<OrderValues> order(SortKey key) {
        Comparator<OrderValues> order =
                switch (key.field()) {
                    case ARRIVAL -> Comparator.comparingLong(OrderValues::arrival);
                    case CC -> Comparator.comparing(OrderValues::cc, OrderedMessages::compare);
                    case DATE -> Comparator.comparingLong(OrderValues::date);
                    case DISPLAYFROM -> Comparator.comparing(OrderValues::displayFrom, OrderedMessages::compare);
                    case DISPLAYTO -> Comparator.comparing(OrderValues::displayTo, OrderedMessages::compare);
                    case FROM -> Comparator.comparing(OrderValues::from, OrderedMessages::compare);
                    case RELEVANCY -> (one, other) -> 0;
                    case SIZE -> Comparator.comparingLong(OrderValues::size);
                    case SUBJECT -> Comparator.comparing(OrderValues::subject, OrderedMessages::compare);
                    case TO -> Comparator.comparing(OrderValues::to, OrderedMessages::compare);
                };
        return key.reverse() ? order.reversed() : order;
    }

    /** By code points, which is the order of the octets of UTF-8. */
    private static int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char c = one.charAt(i);
            char d = other.charAt(i);
            if (c != d) {
                boolean supplementary = Character.isSurrogate(c);
                return supplementary == Character.isSurrogate(d)
                        ? Character.compare(c, d)
                        : Boolean.compare(supplementary, !supplementary);
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** All messages in threads. */
    public List<MessageThread> threads(ThreadAlgorithm algorithm) {
        Map<String, Integer> subjects = new HashMap<>(Map.of("", Threading.NO_SUBJECT));
        Threading threading = new Threading(messages.size(), control);
        messages.forEach((uid, values) -> {
            subjects.putIfAbsent(values.subject(), subjects.size());
            threading.add(uid, values.date(), values.arrival(), subjects.get(values.subject()), values.reply());
            values.ancestry().id().ifPresent(threading::id);
            values.ancestry().references().forEach(threading::reference);
        });
        return threading.threads(algorithm);
    }
}
