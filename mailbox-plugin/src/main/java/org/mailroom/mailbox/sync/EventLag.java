/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far events are behind the store: changes of other processes that were seen there and whose events have not come.
 *
 * @param mailboxes in how many mailboxes that are searched here
 * @param oldest since when the oldest was seen
 */
public record EventLag(long mailboxes, Duration oldest) {

    /** Looks at each mailbox that this process knows. */
    static EventLag of(MailboxStates states, long nanoTime) {
        long[] lag = new long[2];
        states.forEach((id, state) -> {
            OptionalLong since = state.isReceiving() ? state.debts.owedSince() : OptionalLong.empty();
            if (since.isPresent()) {
                lag[0]++;
                lag[1] = Math.max(lag[1], nanoTime - since.getAsLong());
            }
        });
        return new EventLag(lag[0], Duration.ofNanos(lag[1]));
    }
}
