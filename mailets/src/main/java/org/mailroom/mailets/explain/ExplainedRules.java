/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.mailbox.admin.ExplainedMessage;
import org.mailroom.mailets.runs.ActionLine;

/**
 * Why rules act on a message, or do not.
 *
 * @param notes what keeps searches from finding the message
 * @param parts how the parts of its body were read
 * @param rules in the order in which they are asked
 */
public record ExplainedRules(
        String user,
        String mailbox,
        long uid,
        Instant internalDate,
        Set<String> flags,
        List<String> notes,
        List<ExplainedMessage.Part> parts,
        List<Rule> rules) {

    /**
     * A rule.
     *
     * @param state active, disabled or expired
     * @param turns what it does on each occasion that it is for
     * @param done what it did to the message, as far as journals are kept
     */
    public record Rule(
            String name,
            String version,
            String state,
            String users,
            String folders,
            String when,
            List<String> actions,
            List<Turn> turns,
            List<ActionLine> done) {}

    /**
     * What a rule does with the message on an occasion.
     *
     * @param acts whether it would do something
     * @param reason why, or why not
     * @param matches whether its condition matches; nothing where that depends on text past a limit
     * @param condition each of its keys, with where it matches or what the message has instead
     */
    public record Turn(
            String on, boolean acts, String reason, Optional<Boolean> matches, ExplainedMessage.Key condition) {}
}
