/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** SORT by RFC 5256 and RFC 5957, one comparison after the other. */
public final class PlainSort {
    private PlainSort() {}

    /** The uids of {@code messages} in order. */
    public static long[] sort(List<PlainMessage> messages, List<SortKey> keys) {
        Comparator<PlainMessage> order = (one, other) -> 0;
        for (SortKey key : keys) {
            Comparator<PlainMessage> next = comparator(key.field());
            order = order.thenComparing(key.reverse() ? next.reversed() : next);
        }
        return messages.stream()
                .sorted(order.thenComparingLong(message -> message.uid))
                .mapToLong(message -> message.uid)
                .toArray();
    }

    private static Comparator<PlainMessage> comparator(SortKey.Field field) {
        return switch (field) {
            case ARRIVAL -> Comparator.comparing(message -> message.internalDate);
            case CC -> by(message -> message.mailbox("cc"));
            case DATE -> Comparator.comparing(PlainMessage::sentDate);
            case DISPLAYFROM -> by(message -> message.display("from"));
            case DISPLAYTO -> by(message -> message.display("to"));
            case FROM -> by(message -> message.mailbox("from"));
            case SIZE -> Comparator.comparingLong(message -> message.size);
            case SUBJECT -> by(PlainMessage::baseSubject);
            case TO -> by(message -> message.mailbox("to"));
        };
    }

    /** By the octets of what is compared. */
    private static Comparator<PlainMessage> by(Function<PlainMessage, String> text) {
        return (one, other) -> Arrays.compareUnsigned(
                text.apply(one).getBytes(StandardCharsets.UTF_8),
                text.apply(other).getBytes(StandardCharsets.UTF_8));
    }
}
