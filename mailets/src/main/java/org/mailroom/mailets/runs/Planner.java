/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RunRefusedException.Reason;

/** Plans what rules would do, by one search for each rule and mailbox. Thread-safe. */
final class Planner {
    private final MailStoreAccess store;
    private final MailboxSearch search;
    private final Clock clock;
    private final CopyHistory copied;
    private final HeaderCache shown = new HeaderCache();

    Planner(MailStoreAccess store, MailboxSearch search, Clock clock, CopyHistory copied) {
        this.store = store;
        this.search = search;
        this.clock = clock;
        this.copied = copied;
    }

    /**
     * The plan for the mail as it is.
     *
     * @param book the admin's rules
     * @param own the users' own
     * @param users whose mail is looked at
     * @throws RunRefusedException where rules are asked for that are not there, or do not act on the occasion
     * @throws MailboxException where the mail cannot be searched
     */
    Plan plan(String id, RuleBook book, UserRules own, PlanRequest request, List<Username> users)
            throws RunRefusedException, MailboxException {
        Instant created = clock.instant();
        Map<Username, List<FolderRule>> ofUsers = ofUsers(own, request, users);
        List<FolderRule> all = new ArrayList<>(book.rules());
        ofUsers.values().forEach(all::addAll);
        List<FolderRule> asked = asked(all, request, created);
        Set<String> names = asked.stream().map(FolderRule::name).collect(Collectors.toSet());
        RuleBook admins = new RuleBook(named(book.rules(), names));
        PlanDraft draft = new PlanDraft(asked, shown);
        for (Username user : users) {
            RuleBook rules = admins.followedBy(named(ofUsers.getOrDefault(user, List.of()), names));
            if (rules.rules().stream().anyMatch(rule -> rule.users().includes(user))) {
                store.inSession(user.asString(), session -> {
                    planUser(rules, request.trigger(), draft, session);
                    return true;
                });
            }
        }
        return new Plan(
                id,
                created,
                request.trigger().word(),
                versions(asked),
                users.stream().map(Username::asString).toList(),
                draft.groups(),
                draft.summary(),
                draft.refusals());
    }

    private static Map<Username, List<FolderRule>> ofUsers(UserRules own, PlanRequest request, List<Username> users) {
        Map<Username, List<FolderRule>> ofUsers = new LinkedHashMap<>();
        for (Username user : users) {
            if (own.mayAct(user, request.trigger())) {
                ofUsers.put(user, own.of(user));
            }
        }
        return ofUsers;
    }

    private static List<FolderRule> named(List<FolderRule> rules, Set<String> names) {
        return rules.stream().filter(rule -> names.contains(rule.name())).toList();
    }

    /**
     * The plan for some messages of one mailbox, by all rules that act there on the occasion; empty where there are none.
     *
     * @param admins the admin's rules, whose versions are the plan's
     * @param own the user's own
     * @param mailbox who else than {@code user} has it has rules of their own, and so there is nothing to be done
     */
    Plan plan(
            String id,
            RuleBook admins,
            List<FolderRule> own,
            Trigger trigger,
            Username user,
            MailboxId mailbox,
            Uids messages)
            throws MailboxException {
        Instant created = clock.instant();
        RuleBook book = admins.followedBy(own);
        PlanDraft draft = new PlanDraft(book.rules(), shown);
        store.inSession(user.asString(), session -> {
            try {
                MessageManager found = store.mailboxes().getMailbox(mailbox, session);
                String name = found.getMailboxPath().getName();
                List<FolderRule> acting = book.acting(user, name, session.getPathDelimiter(), trigger);
                if (!acting.isEmpty() && found.getMailboxEntity().getUser().equals(user)) {
                    new MailboxPlanning(trigger, acting, search, draft, copied)
                            .plan(
                                    new OpenMailbox(found, session),
                                    Optional.of(messages),
                                    OwnMailboxes.of(store.mailboxes(), session).names(),
                                    session);
                }
                return true;
            } catch (MailboxNotFoundException e) {
                // deleted meanwhile
                return false;
            }
        });
        return new Plan(
                id,
                created,
                trigger.word(),
                versions(admins.rules()),
                List.of(user.asString()),
                draft.groups(),
                draft.summary(),
                draft.refusals());
    }

    private static List<FolderRule> asked(List<FolderRule> rules, PlanRequest request, Instant now)
            throws RunRefusedException {
        Set<String> missing = new HashSet<>(request.rules());
        List<FolderRule> asked = new ArrayList<>();
        for (FolderRule rule : rules) {
            boolean named = missing.remove(rule.name());
            boolean acts = rule.on().contains(request.trigger());
            if (named && !acts) {
                throw new RunRefusedException(
                        Reason.INVALID,
                        "rule '" + rule.name() + "' does not act on "
                                + request.trigger().word() + ", but on "
                                + rule.on().stream().map(Trigger::word).collect(Collectors.joining(", ")));
            }
            Optional<String> whyNot = rule.validity().whyNot(now);
            if (named && whyNot.isPresent()) {
                throw new RunRefusedException(Reason.INVALID, "rule '" + rule.name() + "' " + whyNot.get());
            }
            if (acts && whyNot.isEmpty() && (named || request.rules().isEmpty())) {
                asked.add(rule);
            }
        }
        if (!missing.isEmpty()) {
            throw new RunRefusedException(
                    Reason.NOT_FOUND,
                    "there is no rule '" + String.join("', '", missing)
                            + "' in folder-rules.xml, nor among users' own");
        }
        return asked;
    }

    private static Map<String, String> versions(List<FolderRule> rules) {
        Map<String, String> versions = new LinkedHashMap<>();
        rules.forEach(rule -> versions.put(rule.name(), rule.version()));
        return versions;
    }

    private void planUser(RuleBook book, Trigger trigger, PlanDraft draft, MailboxSession session)
            throws MailboxException {
        OwnMailboxes own = OwnMailboxes.of(store.mailboxes(), session);
        Set<String> names = own.names();
        for (MailboxMetaData mailbox : own.all()) {
            String name = mailbox.getPath().getName();
            List<FolderRule> acting = book.acting(session.getUser(), name, session.getPathDelimiter(), trigger);
            if (!acting.isEmpty()) {
                try {
                    OpenMailbox open = new OpenMailbox(store.mailboxes().getMailbox(mailbox.getId(), session), session);
                    new MailboxPlanning(trigger, acting, search, draft, copied)
                            .plan(open, Optional.empty(), names, session);
                } catch (MailboxNotFoundException e) {
                    // deleted since the list was made: nothing is to be done there
                }
            }
        }
    }
}
