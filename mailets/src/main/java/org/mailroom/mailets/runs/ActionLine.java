/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Instant;
import java.util.Map;

/**
 * Says what was done to a message, and by what.
 *
 * @param occasion {@code APPLY} or {@code UNDO} of a run, or what else let rules act
 * @param run the run's id; empty outside of runs
 * @param rules the versions of the rules that acted, by name
 * @param mailbox where the message was
 * @param uid its uid there
 * @param newMailbox where it, or its copy, was put; empty where it stayed
 * @param newUid its uid there; 0 where it stayed, or the uid is not known
 */
public record ActionLine(
        Instant time,
        String occasion,
        String run,
        Map<String, String> rules,
        String user,
        String mailbox,
        long uid,
        String newMailbox,
        long newUid,
        String messageId,
        String action) {}
