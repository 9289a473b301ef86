/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.List;
import java.util.OptionalLong;

/**
 * A message with the threads that answer it.
 *
 * @param uid the message; nothing for a parent that is not there, or not among those threaded
 * @param replies in the order of the answer
 */
public record MessageThread(OptionalLong uid, List<MessageThread> replies) {
    public MessageThread {
        replies = List.copyOf(replies);
    }

    static MessageThread of(long uid, List<MessageThread> replies) {
        return new MessageThread(OptionalLong.of(uid), replies);
    }
}
