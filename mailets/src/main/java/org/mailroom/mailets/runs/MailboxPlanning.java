/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.journal.MailboxAsSeen;
import org.mailroom.mailets.runs.journal.Plan.Group;
import org.mailroom.mailets.runs.journal.Plan.Refusal;
import org.mailroom.mailets.runs.journal.Step;
import org.mailroom.mailets.runs.journal.Uids;

/** Plans for one mailbox: a search for each rule, then the outcome for each set of rules that match together. */
final class MailboxPlanning {
    private final RuleBook book;
    private final Trigger trigger;
    private final List<FolderRule> acting;
    private final MailboxSearch search;
    private final PlanDraft draft;

    /** @param acting those rules of the book that act here */
    MailboxPlanning(RuleBook book, Trigger trigger, List<FolderRule> acting, MailboxSearch search, PlanDraft draft) {
        this.book = book;
        this.trigger = trigger;
        this.acting = acting;
        this.search = search;
        this.draft = draft;
    }

    /** @param names the names of all the user's mailboxes */
    void plan(OpenMailbox mailbox, Set<String> names, MailboxSession session) throws MailboxException {
        MailboxAsSeen seen = mailbox.asSeen();
        // before the searches: what changes while they go on counts as changed
        long highestModSeq = mailbox.highestModSeq();
        Map<BitSet, LongStream.Builder> alike = new LinkedHashMap<>();
        matches(mailbox, session).forEach((uid, rules) -> alike.computeIfAbsent(rules, same -> LongStream.builder())
                .add(uid));
        for (Map.Entry<BitSet, LongStream.Builder> messages : alike.entrySet()) {
            RuleOutcome outcome = book.outcome(
                    session.getUser(), seen.name(), session.getPathDelimiter(), trigger, rule -> messages.getKey()
                            .get(acting.indexOf(rule)));
            Uids uids = Uids.of(messages.getValue().build());
            add(seen, highestModSeq, outcome, uids, names, mailbox, session);
        }
    }

    /** Which of the acting rules match each message, by their places in the list. */
    private Map<Long, BitSet> matches(OpenMailbox mailbox, MailboxSession session) {
        Map<Long, BitSet> matches = new TreeMap<>();
        for (int i = 0; i < acting.size(); i++) {
            long[] uids = search.search(
                            mailbox.messages().getId(), session, acting.get(i).when(), SearchProgress.NONE)
                    .block()
                    .uids();
            for (long uid : uids) {
                matches.computeIfAbsent(uid, first -> new BitSet()).set(i);
            }
        }
        return matches;
    }

    private void add(
            MailboxAsSeen seen,
            long highestModSeq,
            RuleOutcome wanted,
            Uids uids,
            Set<String> names,
            OpenMailbox mailbox,
            MailboxSession session)
            throws MailboxException {
        String user = session.getUser().asString();
        char delimiter = session.getPathDelimiter();
        RuleOutcome outcome = wanted.without(filing -> isMissing(filing, names, delimiter));
        refuse(wanted, seen, uids, names, session);
        List<Step> steps = OutcomeSteps.of(outcome, delimiter);
        if (!steps.isEmpty()) {
            List<String> rules = rules(outcome);
            draft.add(new Group(user, seen, highestModSeq, rules, steps, uids), mailbox);
        }
    }

    private static boolean isMissing(Filing filing, Set<String> names, char delimiter) {
        return !filing.create() && !names.contains(filing.folder().in(delimiter));
    }

    private void refuse(RuleOutcome wanted, MailboxAsSeen seen, Uids uids, Set<String> names, MailboxSession session) {
        String user = session.getUser().asString();
        Set<Filing> missing = new LinkedHashSet<>();
        wanted.without(filing -> {
            if (isMissing(filing, names, session.getPathDelimiter())) {
                missing.add(filing);
            }
            return false;
        });
        for (Filing filing : missing) {
            draft.refuse(new Refusal(
                    List.of(filing.rule().name()),
                    user,
                    seen.name(),
                    uids.count(),
                    "the folder " + filing.folder().name() + " is missing, and the rule does not say create=\"true\""));
        }
        wanted.processors()
                .forEach(handover -> draft.refuse(new Refusal(
                        List.of(handover.rule().name()),
                        user,
                        seen.name(),
                        uids.count(),
                        "toProcessor " + handover.processor()
                                + " is for mail that arrives: stored mail is never sent")));
    }

    private static List<String> rules(RuleOutcome outcome) {
        return outcome.applied().stream()
                .map(applied -> applied.rule().name())
                .distinct()
                .toList();
    }
}
