/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done to whose indexes.
 *
 * @param users whose; empty for all
 * @param from the first user in alphabetical order, to resume where an earlier order was cancelled
 * @param mailbox the id of the only mailbox, for VERIFY and REBUILD of one user
 * @param messagesPerSecond how fast at most; 0 for as fast as it goes
 * @param strings how many strings of each message VERIFY searches for
 */
public record IndexOrder(
        IndexAction action,
        List<String> users,
        Optional<String> from,
        Optional<String> mailbox,
        int messagesPerSecond,
        int strings) {
    public static final int MAX_RATE = 1_000_000;
    public static final int STRINGS = 3;
    public static final int MAX_STRINGS = 100;

    /** @throws IllegalArgumentException where that makes no sense; the message is fit for whoever gave the order */
    public IndexOrder {
        users = List.copyOf(users);
        require(messagesPerSecond >= 0 && messagesPerSecond <= MAX_RATE, "messagesPerSecond is from 0 to " + MAX_RATE);
        require(strings >= 1 && strings <= MAX_STRINGS, "strings is from 1 to " + MAX_STRINGS);
        require(
                mailbox.isEmpty()
                        || users.size() == 1 && (action == IndexAction.VERIFY || action == IndexAction.REBUILD),
                "a mailbox can be named for verify and rebuild of one user");
        require(action != IndexAction.SWEEP || users.isEmpty(), "sweep takes no user: it finds those that are gone");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** As fast as it goes. */
    public static IndexOrder of(IndexAction action, List<String> users) {
        return new IndexOrder(action, users, Optional.empty(), Optional.empty(), 0, STRINGS);
    }
}
