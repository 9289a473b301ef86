/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MessageMoveEvent;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.mailroom.mailets.events.PendingRuleEvents;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.EventRules;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.RuleSessions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Applies rules on append, move and flag within a second of the change, whichever client makes it. An administrator
 * names it in {@code listeners.xml}. It records the change within the command and lets the command end; a thread of its
 * own applies the rules.
 *
 * <p>It ignores changes that rules make, on whatever occasion, and deliveries, which have rules of their own: so rules
 * do not set off each other. It drops the changes that still wait when James ends.
 */
public final class FolderRulesListener implements EventListener.ReactiveGroupEventListener {
    /** James reports the move right after the new message, within the same command. */
    private static final Duration MOMENT = Duration.ofMillis(300);

    private static final int MAX_PER_USER = 100_000;

    /** The group under which James's event bus knows this listener. */
    public static final class FolderRulesGroup extends Group {}

    private final EventRules rules;
    private final RuleSessions ownSessions;
    private final PendingRuleEvents changed;

    /** James makes one where {@code listeners.xml} names this class. */
    @Inject
    public FolderRulesListener(RuleRuns runs) {
        this.rules = runs.onEvents();
        this.ownSessions = runs.ownSessions();
        this.changed = new PendingRuleEvents(
                (trigger, user, mailbox, uids) -> rules.applyNow(trigger, user, mailbox, Uids.of(uids)),
                MOMENT,
                MAX_PER_USER);
    }

    @Override
    public Group getDefaultGroup() {
        return new FolderRulesGroup();
    }

    /** Noting is quick, and only so comes the news of a move right behind that of its messages. */
    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SYNCHRONOUS;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added || event instanceof FlagsUpdated || event instanceof MessageMoveEvent;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.fromRunnable(() -> note(event));
    }

    private void note(Event event) {
        if (event instanceof Added added) {
            if (!added.isDelivery() && isOthers(added) && haveRulesOn(added, Trigger.APPEND, Trigger.MOVE)) {
                changed.added(owner(added), added.getUsername(), added.getMailboxId(), uids(added.getUids()));
            }
        } else if (event instanceof FlagsUpdated updated) {
            if (isOthers(updated) && haveRulesOn(updated, Trigger.FLAG)) {
                List<Long> uids = updated.getUpdatedFlags().stream()
                        .filter(FolderRulesListener::isChange)
                        .map(flags -> flags.getUid().asLong())
                        .toList();
                if (!uids.isEmpty()) {
                    changed.flagged(owner(updated), updated.getMailboxId(), uids);
                }
            }
        } else if (event instanceof MessageMoveEvent move) {
            move.getMessageMoves()
                    .addedMailboxIds()
                    .forEach(mailbox -> changed.moved(
                            move.getUsername(), mailbox, move.getMessageIds().size()));
        }
    }

    private boolean isOthers(MailboxEvent event) {
        return !ownSessions.contains(event.getSessionId());
    }

    private boolean haveRulesOn(MailboxEvent event, Trigger... triggers) {
        return List.of(triggers).stream().anyMatch(trigger -> rules.haveRulesOn(trigger, owner(event)));
    }

    /** The mailbox's user, and not who changed something in it. */
    private static Username owner(MailboxEvent event) {
        return event.getMailboxPath().getUser();
    }

    /** That a session has seen a message first is no change of its flags. */
    private static boolean isChange(UpdatedFlags flags) {
        return !withoutRecent(flags.getOldFlags()).equals(withoutRecent(flags.getNewFlags()));
    }

    private static Flags withoutRecent(Flags flags) {
        Flags without = new Flags(flags);
        without.remove(Flags.Flag.RECENT);
        return without;
    }

    private static List<Long> uids(Collection<MessageUid> uids) {
        return uids.stream().map(MessageUid::asLong).toList();
    }
}
