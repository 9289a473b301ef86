/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A message with the threads that answer it. A thread may be as deep as there are messages, so whoever walks through one
 * must not recurse; what is here does not.
 *
 * @param uid the message; nothing for a parent that is not there, or not among those threaded
 * @param replies in the order of the answer
 */
public record MessageThread(OptionalLong uid, List<MessageThread> replies) {
    public MessageThread {
        Objects.requireNonNull(uid);
        replies = List.copyOf(replies);
    }

    /** As THREAD answers it: {@code (3 6 (4 23)(44 7 96))} (RFC 5256 section 4); without a message, {@code ((1)(2))}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        Deque<Iterator<MessageThread>> open = new ArrayDeque<>();
        MessageThread thread = this;
        while (true) {
            thread.uid.ifPresent(text::append);
            if (thread.replies.size() == 1) {
                text.append(' ');
                thread = thread.replies.get(0);
                continue;
            }
            if (thread.replies.isEmpty()) {
                text.append(')');
            } else {
                text.append(thread.uid.isPresent() ? " " : "");
                open.push(thread.replies.iterator());
            }
            while (!open.isEmpty() && !open.peek().hasNext()) {
                open.pop();
                text.append(')');
            }
            if (open.isEmpty()) {
                return text.toString();
            }
            text.append('(');
            thread = open.peek().next();
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof MessageThread thread)) {
            return false;
        }
        Deque<MessageThread> left = new ArrayDeque<>(List.of(this));
        Deque<MessageThread> right = new ArrayDeque<>(List.of(thread));
        while (!left.isEmpty()) {
            MessageThread one = left.pop();
            MessageThread two = right.pop();
            if (!one.uid.equals(two.uid) || one.replies.size() != two.replies.size()) {
                return false;
            }
            one.replies.forEach(left::push);
            two.replies.forEach(right::push);
        }
        return true;
    }

    /** Of what lies deeper than the replies only the number counts. */
    @Override
    public int hashCode() {
        int hash = 31 * uid.hashCode() + replies.size();
        for (MessageThread reply : replies) {
            hash = 31 * hash + reply.uid.hashCode();
        }
        return hash;
    }
}
