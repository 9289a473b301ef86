/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.Plan.Group;
import org.mailroom.mailets.journal.Plan.Refusal;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import reactor.core.publisher.Flux;

/**
 * Plans for one mailbox: searches for each rule, then computes the outcome for each set of rules that match together.
 */
final class MailboxPlanning {
    /** Searches that run at the same time: what they find is held in memory. */
    private static final int SIDE_BY_SIDE = 2;

    private final Trigger trigger;
    private final List<FolderRule> acting;
    private final MailboxSearch search;
    private final PlanDraft draft;
    private final CopyHistory copied;

    /** @param acting the rules that act here on the occasion */
    MailboxPlanning(
            Trigger trigger, List<FolderRule> acting, MailboxSearch search, PlanDraft draft, CopyHistory copied) {
        this.trigger = trigger;
        this.acting = acting;
        this.search = search;
        this.draft = draft;
        this.copied = copied;
    }

    /**
     * @param among messages that are asked for; empty for all
     * @param names the names of all the user's mailboxes
     */
    void plan(OpenMailbox mailbox, Optional<Uids> among, Set<String> names, MailboxSession session)
            throws MailboxException {
        MailboxSnapshot seen = mailbox.asSeen();
        // before the searches: what changes while they run counts as changed
        long highestModSeq = mailbox.highestModSeq();
        for (Map.Entry<BitSet, Uids> together :
                matching(mailbox, among, session).entrySet()) {
            List<FolderRule> matching =
                    together.getKey().stream().mapToObj(acting::get).toList();
            RuleOutcome outcome = RuleBook.outcome(matching, seen.name(), session.getPathDelimiter(), rule -> true);
            add(seen, highestModSeq, outcome, together.getValue(), names, session);
        }
        if (among.isEmpty()) {
            // somebody may want to see
            draft.show(session.getUser().asString(), seen, mailbox);
        }
    }

    /** Which of the acting rules match which messages. */
    private Map<BitSet, Uids> matching(OpenMailbox mailbox, Optional<Uids> among, MailboxSession session) {
        RuleSetGrouping together = new RuleSetGrouping();
        Flux.fromIterable(acting)
                .flatMapSequential(
                        rule -> search.search(
                                mailbox.messages().getId(), session, condition(rule, among), SearchProgress.NONE),
                        SIDE_BY_SIDE)
                .toIterable(SIDE_BY_SIDE)
                .forEach(hits -> together.add(hits.uids()));
        return together.sets();
    }

    /** At delivery FUZZY finds what its key finds; so it does here. */
    private static SearchKey condition(FolderRule rule, Optional<Uids> among) {
        SearchKey when = FuzzyKeys.exact(rule.when());
        return among.<SearchKey>map(uids -> new SearchKey.And(List.of(new StoreKey.Uid(numbers(uids)), when)))
                .orElse(when);
    }

    private static NumberSet numbers(Uids uids) {
        return new NumberSet(uids.ranges().stream()
                .map(range -> new NumberSet.Range(range.first(), range.last()))
                .toList());
    }

    private void add(
            MailboxSnapshot seen,
            long highestModSeq,
            RuleOutcome wanted,
            Uids uids,
            Set<String> names,
            MailboxSession session)
            throws MailboxException {
        String user = session.getUser().asString();
        char delimiter = session.getPathDelimiter();
        RuleOutcome outcome = wanted.without(filing -> isMissing(filing, names, delimiter));
        refuse(wanted, seen, uids, names, session);
        List<Step> steps = OutcomeSteps.of(outcome, delimiter);
        if (!steps.isEmpty()) {
            List<String> rules = rules(outcome);
            for (Map.Entry<List<Step>, Uids> left : toDo(seen, steps, uids).entrySet()) {
                draft.add(new Group(user, seen, highestModSeq, rules, left.getKey(), left.getValue()));
            }
        }
    }

    /** The steps without copies that were made before: who asks on demand means it, all else comes again and again. */
    private Map<List<Step>, Uids> toDo(MailboxSnapshot seen, List<Step> steps, Uids uids) throws MailboxException {
        if (trigger == Trigger.DEMAND || steps.stream().noneMatch(step -> step.act() == Step.Act.COPY)) {
            return Map.of(steps, uids);
        }
        Map<List<Step>, LongStream.Builder> toDo = new LinkedHashMap<>();
        try {
            for (long uid : uids.stream().toArray()) {
                List<Step> left = new ArrayList<>();
                for (Step step : steps) {
                    if (step.act() != Step.Act.COPY || !copied.isMade(seen, uid, step.mailbox())) {
                        left.add(step);
                    }
                }
                if (!left.isEmpty()) {
                    toDo.computeIfAbsent(left, same -> LongStream.builder()).add(uid);
                }
            }
        } catch (IOException e) {
            throw new MailboxException("the journals of folder rules cannot be read: " + e.getMessage(), e);
        }
        Map<List<Step>, Uids> groups = new LinkedHashMap<>();
        toDo.forEach((left, same) -> groups.put(left, Uids.of(same.build())));
        return groups;
    }

    private static boolean isMissing(Filing filing, Set<String> names, char delimiter) {
        return !filing.create() && !names.contains(filing.folder().in(delimiter));
    }

    private void refuse(
            RuleOutcome wanted, MailboxSnapshot seen, Uids uids, Set<String> names, MailboxSession session) {
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
