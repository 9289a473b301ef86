/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.health;

import java.util.Objects;

/**
 * States one thing that an operator should know.
 *
 * @param degrades whether Mailroom does less than it promises, or does it slower, until the cause ends; a fact that does
 *     not is only shown beside those that do
 * @param text what happened, to which user, mailbox or file, and what to do, in that order; in one line
 */
public record HealthFact(boolean degrades, String text) {

    public HealthFact {
        Objects.requireNonNull(text);
    }

    /** Something that lasts and makes the health check answer <i>degraded</i>. */
    public static HealthFact degraded(String text) {
        return new HealthFact(true, text);
    }

    /** Something that is worth a line where there is trouble, and no trouble itself. */
    public static HealthFact note(String text) {
        return new HealthFact(false, text);
    }
}
