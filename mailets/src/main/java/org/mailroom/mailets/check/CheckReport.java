/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Reports what rules matched in stored mail.
 *
 * @param since the first day of the mail that was looked at, in UTC
 * @param users whose mail it was
 * @param rules in the order of the file
 * @param inactive the names of the rules that are disabled or have expired, and so were not asked
 * @param neverMatch the names of the rules that matched nothing
 * @param shadowed the rules that matched, but of which an earlier rule with {@code stop} left nothing
 * @param missingTargets folders that rules file or copy into and that are not there, nor to be made
 */
public record CheckReport(
        LocalDate since,
        List<String> users,
        List<CheckedRule> rules,
        List<String> inactive,
        List<String> neverMatch,
        List<Shadowed> shadowed,
        List<MissingTarget> missingTargets) {

    /**
     * @param matches how many messages match
     * @param acts for how many of them the rule's turn comes
     * @param stoppedBy by which earlier rules the others were kept from it
     * @param places where they are now
     */
    public record CheckedRule(
            String name,
            String version,
            List<String> on,
            long matches,
            long acts,
            Map<String, Long> stoppedBy,
            List<Place> places) {}

    /** Messages of a mailbox that match. */
    public record Place(String user, String mailbox, long messages) {}

    /** A rule whose turn never comes. */
    public record Shadowed(String rule, List<String> by) {}

    /** A folder that some of a rule's users do not have. */
    public record MissingTarget(String rule, String folder, List<String> users) {}
}
