/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.RuleSetGrouping;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;

/** Asks rules about the mail of one user's mailboxes, by one search for each condition and mailbox. For one thread. */
final class MailboxReplay {
    /** Where mail lies that did not arrive. */
    private static final Set<String> OWN = Set.of("Sent", "Drafts", "Outbox", "Templates");

    private final RuleBook book;
    private final MailboxSearch search;
    private final LocalDate since;
    private final CheckReportBuilder tally;
    private final MailboxSession session;

    MailboxReplay(
            RuleBook book, MailboxSearch search, LocalDate since, CheckReportBuilder tally, MailboxSession session) {
        this.book = book;
        this.search = search;
        this.since = since;
        this.tally = tally;
        this.session = session;
    }

    void replay(String mailbox, MailboxId id) {
        List<OccasionRules> turns = turns(mailbox);
        Map<SearchKey, Integer> conditions = new LinkedHashMap<>();
        turns.forEach(
                turn -> turn.rules().forEach(rule -> conditions.putIfAbsent(turn.condition(rule), conditions.size())));
        RuleSetGrouping together = new RuleSetGrouping();
        conditions.keySet().forEach(condition -> together.add(matches(id, condition)));
        together.sets().forEach((held, messages) -> {
            Map<FolderRule, List<OccasionRules.Fate>> fates = new LinkedHashMap<>();
            for (OccasionRules turn : turns) {
                turn.fates(rule -> held.get(Objects.requireNonNull(conditions.get(turn.condition(rule)))))
                        .forEach(fate -> fates.computeIfAbsent(fate.rule(), first -> new ArrayList<>())
                                .add(fate));
            }
            fates.forEach((rule, all) -> tally.add(rule, session.getUser(), mailbox, all, messages.count()));
        });
    }

    private List<OccasionRules> turns(String mailbox) {
        List<OccasionRules> turns = new ArrayList<>();
        for (Trigger trigger : Trigger.values()) {
            OccasionRules turn = trigger == Trigger.DELIVERY
                    ? new OccasionRules(true, onArrival(mailbox))
                    : new OccasionRules(false, acting(mailbox, trigger));
            if (!turn.rules().isEmpty()) {
                turns.add(turn);
            }
        }
        return turns;
    }

    /** Mail arrives in INBOX, wherever it has been filed since. */
    private List<FolderRule> onArrival(String mailbox) {
        String first = mailbox.split(Pattern.quote(String.valueOf(session.getPathDelimiter())), 2)[0];
        if (OWN.contains(first)) {
            return List.of();
        }
        return acting(FolderName.INBOX.name(), Trigger.DELIVERY);
    }

    private List<FolderRule> acting(String mailbox, Trigger trigger) {
        return book.acting(session.getUser(), mailbox, session.getPathDelimiter(), trigger);
    }

    /** The messages that came since and fulfil the condition. */
    private long[] matches(MailboxId mailbox, SearchKey condition) {
        SearchKey recent =
                new SearchKey.And(List.of(new MailKey.InternalDate(MailKey.DateRelation.SINCE, since), condition));
        return search.search(mailbox, session, recent, SearchProgress.NONE)
                .block()
                .uids();
    }
}
