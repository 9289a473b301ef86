/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes who looked into whose mail and why, at INFO under a name of its own, so that these lines can go to a file of their
 * own. Neither what was searched for nor what was found is in them. Thread-safe.
 */
public final class AuditLog {
    public static final String LOG = "org.mailroom.audit";

    private static final Logger LOGGER = LoggerFactory.getLogger(LOG);
    private static final int MAX_REASON = 1_000;

    /** Who asks for something, and why. */
    public record Asker(String who, String address, String reason) {}

    /**
     * Notes a look, before it is taken.
     *
     * @param what search or explain
     * @param keys how many search keys of each kind
     */
    void note(Asker asker, String what, String user, String where, Map<String, Integer> keys) {
        LOGGER.info(
                "{} by {} from {}: mail of {}, {}, keys {}; reason: {}",
                what,
                oneLine(asker.who()),
                asker.address(),
                user,
                oneLine(where),
                keys,
                oneLine(asker.reason()));
    }

    /** Nobody forges a line of the log. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.substring(0, Math.min(line.length(), MAX_REASON));
    }
}
