/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Says what rules would make of stored mail, as it was when the plan was made. Applied once at most, by its id.
 *
 * @param trigger what the plan was made for, in the words of the rules' file
 * @param rules the versions of the rules that were asked for, by name, in order
 * @param users whose mail was looked at
 * @param groups the changes to be made
 * @param summary what the plan holds, rule by rule
 * @param refusals what rules ask for and does not happen
 */
public record Plan(
        String id,
        Instant created,
        String trigger,
        Map<String, String> rules,
        List<String> users,
        List<Group> groups,
        List<RuleSummary> summary,
        List<Refusal> refusals) {

    /**
     * Messages of one mailbox to which the same is done.
     *
     * @param highestModSeq a message whose modification sequence is higher has changed since the plan was made
     * @param rules the rules that ask for it, in order
     * @param steps what is done to each of the messages, in order
     */
    public record Group(
            String user,
            MailboxSnapshot mailbox,
            long highestModSeq,
            List<String> rules,
            List<Step> steps,
            Uids uids) {}

    /**
     * What one rule does.
     *
     * @param messages on how many messages it acts
     * @param places how many of them are where
     * @param first some of them
     */
    public record RuleSummary(
            String rule, String version, long messages, List<Place> places, List<FirstMessage> first) {}

    /** Messages of one mailbox. */
    public record Place(String user, String mailbox, long messages) {}

    /** A message as a list of messages shows it: decoded header fields, empty where it has none. */
    public record FirstMessage(String user, String mailbox, long uid, String date, String from, String subject) {}

    /** Messages to which something is not done although rules ask for it, and why. */
    public record Refusal(List<String> rules, String user, String mailbox, long messages, String reason) {}

    /** How many messages change. */
    @JsonIgnore
    public long messages() {
        return groups.stream().mapToLong(group -> group.uids().count()).sum();
    }
}
