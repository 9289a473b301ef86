/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.explain;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.admin.AdminExplanation;
import org.mailroom.mailbox.admin.AuditLog.Asker;
import org.mailroom.mailbox.admin.ExplainedMessage;
import org.mailroom.mailbox.admin.RefusedRequestException;
import org.mailroom.mailets.check.ArrivalKeys;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.ActionLine;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.RunRefusedException;
import org.mailroom.mailets.runs.RunRefusedException.Reason;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.SearchKey;

/**
 * Explains to an administrator, who has a reason for it, why a rule acts on a stored message or does not. Each explanation is
 * in the audit log. Changes nothing. Thread-safe.
 */
public final class RuleExplanation {
    private static final int MAX_RULES = 100;

    private final AdminExplanation explanation;
    private final RuleRuns runs;
    private final CurrentRules rules;
    private final UserRules own;
    private final MailboxManager mailboxes;
    private final Clock clock;

    @Inject
    public RuleExplanation(
            AdminExplanation explanation,
            RuleRuns runs,
            CurrentRules rules,
            UserRules own,
            MailboxManager mailboxes,
            Clock clock) {
        this.explanation = explanation;
        this.runs = runs;
        this.rules = rules;
        this.own = own;
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /**
     * What is asked: of a message, given by mailbox and uid or by its Message-ID.
     *
     * @param mailbox name or id
     * @param rule the name of one; all where left out
     */
    public record Asked(
            String user,
            Optional<String> mailbox,
            Optional<Long> uid,
            Optional<String> messageId,
            Optional<String> rule) {}

    /** A rule's condition on an occasion, and where in the explanation it stands. */
    private record Question(FolderRule rule, Trigger on) {
        SearchKey key() {
            SearchKey when = FuzzyKeys.exact(rule.when());
            return on == Trigger.DELIVERY ? ArrivalKeys.asked(when) : when;
        }
    }

    /**
     * Explains; blocks.
     *
     * @return one for each message with that Message-ID, of a bounded number
     * @throws RefusedRequestException where there is no such message
     * @throws RunRefusedException where there is no such rule, or there are too many
     * @throws IOException where store or journals cannot be read
     */
    public List<ExplainedRules> explain(Asked asked, Asker asker)
            throws RefusedRequestException, RunRefusedException, IOException, MailboxException {
        Username user = Username.of(asked.user());
        List<FolderRule> all = rules.get().followedBy(own.of(user)).rules();
        List<FolderRule> wanted = all.stream()
                .filter(rule -> asked.rule().map(rule.name()::equals).orElse(true))
                .toList();
        if (wanted.isEmpty() && asked.rule().isPresent()) {
            throw new RunRefusedException(
                    Reason.NOT_FOUND,
                    "there is no rule '" + asked.rule().get() + "' in folder-rules.xml, nor among the user's own");
        }
        if (wanted.size() > MAX_RULES) {
            throw new RunRefusedException(
                    Reason.INVALID,
                    "there are " + wanted.size() + " rules, and " + MAX_RULES
                            + " are explained at a time: name one in 'rule'");
        }
        List<Question> questions = questions(all, wanted);
        SearchKey conditions = questions.isEmpty()
                ? new SearchKey.All()
                : new SearchKey.And(questions.stream().map(Question::key).toList());
        List<ExplainedRules> answers = new ArrayList<>();
        AdminExplanation.Asked message =
                new AdminExplanation.Asked(asked.user(), asked.mailbox(), asked.uid(), asked.messageId(), "");
        for (ExplainedMessage explained : explanation.explain(message, conditions, "explain rules", asker)) {
            answers.add(answer(user, explained, wanted, all, questions));
        }
        return answers;
    }

    /** The conditions that count: of the rules that are wanted, and of those before them that may say stop. */
    private static List<Question> questions(List<FolderRule> all, List<FolderRule> wanted) {
        Set<Question> questions = new LinkedHashSet<>();
        Set<FolderRule> names = Set.copyOf(wanted);
        Set<Trigger> occasions =
                wanted.stream().flatMap(rule -> rule.on().stream()).collect(Collectors.toSet());
        for (FolderRule rule : all) {
            for (Trigger on : rule.on()) {
                if (names.contains(rule) || stops(rule) && occasions.contains(on)) {
                    questions.add(new Question(rule, on));
                }
            }
        }
        return List.copyOf(questions);
    }

    private static boolean stops(FolderRule rule) {
        return rule.actions().stream().anyMatch(RuleAction.Stop.class::isInstance);
    }

    private ExplainedRules answer(
            Username user,
            ExplainedMessage message,
            List<FolderRule> wanted,
            List<FolderRule> all,
            List<Question> questions)
            throws RunRefusedException, MailboxException, IOException {
        Map<Question, ExplainedMessage.Key> keys = IntStream.range(0, questions.size())
                .boxed()
                .collect(Collectors.toMap(
                        questions::get, i -> message.explanation().keys().get(i)));
        List<ActionLine> done = runs.why(user, message.mailbox(), message.uid());
        Instant now = clock.instant();
        char delimiter = mailboxes.createSystemSession(user).getPathDelimiter();
        List<ExplainedRules.Rule> explained = new ArrayList<>();
        for (FolderRule rule : wanted) {
            List<ActionLine> doneByIt = done.stream()
                    .filter(line -> line.rules().containsKey(rule.name()))
                    .toList();
            RuleTurn turn = new RuleTurn(user, message, delimiter, all, doneByIt, now);
            Function<Trigger, Function<FolderRule, Optional<ExplainedMessage.Key>>> conditions =
                    on -> other -> Optional.ofNullable(keys.get(new Question(other, on)));
            explained.add(new ExplainedRules.Rule(
                    rule.name(),
                    rule.version(),
                    rule.validity().at(now).name().toLowerCase(Locale.ROOT),
                    rule.users().toString(),
                    rule.folders().toString(),
                    rule.whenText(),
                    rule.actions().stream().map(RuleAction::text).toList(),
                    rule.on().stream()
                            .map(on -> turn.of(rule, on, conditions.apply(on)))
                            .toList(),
                    doneByIt));
        }
        return new ExplainedRules(
                user.asString(),
                message.mailbox(),
                message.uid(),
                message.internalDate(),
                message.flags(),
                message.notes(),
                message.parts(),
                explained);
    }
}
