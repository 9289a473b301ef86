/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.apache.james.mailbox.store.search.SearchUtil;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;

/**
 * Puts messages in the order of RFC 5256, by what the store has of each: addresses by the part before the {@code @} of
 * the first one, subjects by their base subject, the sent date as a time in UTC or else the internal date; strings under
 * i;unicode-casemap, missing ones first; equals by mailbox and uid. Not thread-safe.
 */
final class SortedMessages {
    private final List<Sort> sorts;
    private final SentTimes sentTimes;
    private final List<Row> rows = new ArrayList<>();

    /** A message that was found; {@code mailbox} is the place of its mailbox among those that are searched. */
    record Row(int mailbox, long uid, MessageId id, List<Value> values) {}

    /** What messages are compared by: a number or a string. */
    private record Value(long number, String text) implements Comparable<Value> {
        @Override
        public int compareTo(Value other) {
            int byNumber = Long.compare(number, other.number);
            return byNumber != 0 ? byNumber : text.compareTo(other.text);
        }
    }

    SortedMessages(List<Sort> sorts, MessageTextReader texts) {
        this.sorts = sorts;
        this.sentTimes = new SentTimes(texts);
    }

    /** Whether {@code sorts} ask for nothing but ascending uids. */
    static boolean isByUid(List<Sort> sorts) {
        return sorts.isEmpty()
                || sorts.get(0).getSortClause() == SortClause.Uid
                        && !sorts.get(0).isReverse();
    }

    /** How much of messages is looked at. */
    Extent extent() {
        return sorts.stream().allMatch(sort -> isMetadata(sort.getSortClause())) ? Extent.METADATA : Extent.HEADER;
    }

    private static boolean isMetadata(SortClause clause) {
        return switch (clause) {
            case Arrival, Size, Uid, Id -> true;
            case MailboxCc, MailboxFrom, MailboxTo, BaseSubject, SentDate -> false;
        };
    }

    void add(int mailbox, StoredMessage message) throws IOException {
        List<Value> values = new ArrayList<>();
        for (Sort sort : sorts) {
            values.add(value(sort.getSortClause(), message));
        }
        rows.add(new Row(mailbox, message.metadata().uid(), message.id(), values));
    }

    /** What was added, in order. */
    List<Row> sorted() {
        rows.sort(order());
        return List.copyOf(rows);
    }

    private Comparator<Row> order() {
        Comparator<Row> order = (one, other) -> 0;
        for (int i = 0; i < sorts.size(); i++) {
            int place = i;
            Comparator<Row> next = Comparator.comparing(row -> row.values().get(place));
            order = order.thenComparing(sorts.get(i).isReverse() ? next.reversed() : next);
        }
        return order.thenComparingInt(Row::mailbox).thenComparingLong(Row::uid);
    }

    private Value value(SortClause clause, StoredMessage message) throws IOException {
        return switch (clause) {
            case Arrival -> number(message.metadata().internalDate().toEpochMilli());
            case SentDate -> number(sentTimes
                    .of(message)
                    .orElse(message.metadata().internalDate())
                    .toEpochMilli());
            case Size -> number(message.metadata().size());
            case Uid -> number(message.metadata().uid());
            case Id -> new Value(0, message.metadata().emailId());
            case MailboxCc -> mailbox("Cc", message);
            case MailboxFrom -> mailbox("From", message);
            case MailboxTo -> mailbox("To", message);
            case BaseSubject -> text(
                    SearchUtil.getBaseSubject(message.header("Subject").orElse("")));
        };
    }

    private static Value mailbox(String name, StoredMessage message) throws IOException {
        return text(SearchUtil.getMailboxAddress(message.header(name).orElse("")));
    }

    private static Value number(long number) {
        return new Value(number, "");
    }

    private static Value text(String text) {
        return new Value(0, Casemap.keepingAccents().sortForm(text));
    }
}
