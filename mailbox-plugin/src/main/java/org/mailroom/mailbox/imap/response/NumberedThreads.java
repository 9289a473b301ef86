/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.mailroom.search.order.MessageThread;

/**
 * Holds threads as the client gets them: each message before the replies to it. Nothing here recurses, however deep
 * threads are.
 *
 * @param numbers sequence numbers or uids; 0 for a parent that is not there, which only the first of a thread can be
 * @param replies how many threads of replies follow each; a parent that is not there has at least two
 */
public record NumberedThreads(long[] numbers, int[] replies) {

    /**
     * @param number tells the number of the message with a uid; 0 where the client does not know it. Such messages are
     *     left out, and so are parents that are not there, as RFC 5256 section 3 has it under REFERENCES in step 3: what
     *     was below them is now where they were, and a parent that is not there stands only for several threads that are
     *     one
     */
    public static NumberedThreads of(List<MessageThread> threads, LongUnaryOperator number) {
        Builder builder = new Builder(number);
        for (MessageThread thread : threads) {
            builder.thread(thread);
        }
        return builder.build();
    }

    private static final class Builder {
        private static final int NONE = -1;

        /** Replies that are still to be gone through, and where the message stands that they are replies to. */
        private record Open(Iterator<MessageThread> replies, int parent) {}

        private final LongUnaryOperator number;
        private final Deque<Open> open = new ArrayDeque<>();
        private long[] numbers = new long[64];
        private int[] replies = new int[64];
        private int length;

        Builder(LongUnaryOperator number) {
            this.number = number;
        }

        void thread(MessageThread thread) {
            int root = length;
            add(thread, NONE);
            while (!open.isEmpty()) {
                Open top = open.element();
                if (top.replies().hasNext()) {
                    add(top.replies().next(), top.parent());
                } else {
                    open.pop();
                }
            }
            if (numbers[root] == 0 && replies[root] < 2) {
                length--;
                System.arraycopy(numbers, root + 1, numbers, root, length - root);
                System.arraycopy(replies, root + 1, replies, root, length - root);
            }
        }

        private void add(MessageThread thread, int parent) {
            long known =
                    thread.uid().isPresent() ? number.applyAsLong(thread.uid().getAsLong()) : 0;
            int place = parent;
            if (known > 0 || parent == NONE) {
                room();
                place = length++;
                numbers[place] = known;
                replies[place] = 0;
                if (parent != NONE) {
                    replies[parent]++;
                }
            }
            open.push(new Open(thread.replies().iterator(), place));
        }

        private void room() {
            if (length == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * length);
                replies = Arrays.copyOf(replies, 2 * length);
            }
        }

        NumberedThreads build() {
            return new NumberedThreads(Arrays.copyOf(numbers, length), Arrays.copyOf(replies, length));
        }
    }
}
