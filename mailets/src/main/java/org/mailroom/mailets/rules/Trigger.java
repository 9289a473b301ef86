/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Locale;

/** Names the occasions on which rules act. */
public enum Trigger {
    /** Mail arrives, before it is stored. */
    DELIVERY,
    /** A client stored a message in the folder. */
    APPEND,
    /** A message was copied or moved into the folder. */
    MOVE,
    /** The flags of a message in the folder changed. */
    FLAG,
    /** The time of the rule's schedule has come. */
    SCHEDULE,
    /** An admin asked for it. */
    DEMAND;

    /** The word for it in {@code folder-rules.xml}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
