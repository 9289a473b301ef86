/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.util.List;
import org.apache.james.core.Username;

/**
 * Says over which mail rules are replayed.
 *
 * @param days how many days back mail may have come, from 1 on
 * @param users whose mail; empty for everybody's
 */
public record CheckRequest(int days, List<Username> users) {
    private static final int LONGEST = 36_500;

    /** @throws IllegalArgumentException where the days are not between 1 and 36500 */
    public CheckRequest {
        if (days < 1 || days > LONGEST) {
            throw new IllegalArgumentException("days is " + days + ", but can be 1 to " + LONGEST);
        }
        users = List.copyOf(users);
    }
}
