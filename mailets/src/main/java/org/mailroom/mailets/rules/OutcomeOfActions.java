/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailets.rules.RuleOutcome.Applied;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.mailets.rules.RuleOutcome.Handover;

/** Takes the actions of one message one by one; {@link RuleOutcome} says what they mean together. Not thread-safe. */
final class OutcomeOfActions {
    private final String mailbox;
    private final char delimiter;
    private final List<Applied> applied = new ArrayList<>();
    /** By the names of the mailboxes: two ways to write a folder's name are one folder. */
    private final Map<String, Filing> filed = new LinkedHashMap<>();

    private final Map<String, Filing> copied = new LinkedHashMap<>();
    private final Map<String, Handover> processors = new LinkedHashMap<>();
    private FlagChanges flags = FlagChanges.NONE;
    private Optional<Applied> discard = Optional.empty();
    private boolean kept;
    private boolean stopped;

    OutcomeOfActions(String mailbox, char delimiter) {
        this.mailbox = mailbox;
        this.delimiter = delimiter;
    }

    boolean stopped() {
        return stopped;
    }

    void apply(FolderRule rule) {
        for (RuleAction action : rule.actions()) {
            applied.add(new Applied(rule, action));
            apply(rule, action);
            if (stopped) {
                return;
            }
        }
    }

    private void apply(FolderRule rule, RuleAction action) {
        if (action instanceof RuleAction.FileInto into) {
            add(filed, new Filing(into.folder(), into.create(), rule));
        } else if (action instanceof RuleAction.CopyInto into) {
            add(copied, new Filing(into.folder(), into.create(), rule));
        } else if (action instanceof RuleAction.AddFlag add) {
            flags = flags.add(add.flags());
        } else if (action instanceof RuleAction.RemoveFlag remove) {
            flags = flags.remove(remove.flags());
        } else if (action instanceof RuleAction.SetFlag set) {
            flags = FlagChanges.set(set.flags());
        } else if (action instanceof RuleAction.Discard to) {
            discard(new Applied(rule, to));
        } else if (action instanceof RuleAction.Keep) {
            kept = true;
        } else if (action instanceof RuleAction.Stop) {
            stopped = true;
        } else if (action instanceof RuleAction.ToProcessor to) {
            processors.putIfAbsent(to.processor(), new Handover(to.processor(), rule));
        } else {
            throw new IllegalStateException("no such action: " + action);
        }
    }

    private void add(Map<String, Filing> filings, Filing filing) {
        filings.merge(
                filing.folder().in(delimiter),
                filing,
                (first, again) -> new Filing(first.folder(), first.create() || again.create(), first.rule()));
    }

    /** Of two that discard, the one that does not expunge: what is in Trash can be had back. */
    private void discard(Applied next) {
        boolean expunges = discard.isPresent()
                && discard.get().action() instanceof RuleAction.Discard first
                && first.expunge()
                && next.action() instanceof RuleAction.Discard second
                && !second.expunge();
        if (discard.isEmpty() || expunges) {
            discard = Optional.of(next);
        }
    }

    RuleOutcome get() {
        Map<String, Filing> into = new LinkedHashMap<>(filed);
        copied.values().forEach(copy -> add(into, copy));
        Destination destination = destination();
        into.remove(mailboxOf(destination));
        return new RuleOutcome(
                applied, destination, List.copyOf(into.values()), flags, List.copyOf(processors.values()));
    }

    private Destination destination() {
        if (kept || filed.containsKey(mailbox) || copied.containsKey(mailbox)) {
            return new Destination.Stay();
        }
        if (!filed.isEmpty()) {
            return new Destination.Move(filed.values().iterator().next());
        }
        if (!processors.isEmpty()) {
            return new Destination.HandedOver();
        }
        return discard.map(this::discarded).orElse(new Destination.Stay());
    }

    private Destination discarded(Applied by) {
        if (by.action() instanceof RuleAction.Discard to && to.expunge()) {
            return new Destination.Expunge(by.rule());
        }
        return FolderName.TRASH.in(delimiter).equals(mailbox)
                ? new Destination.Stay()
                : new Destination.Move(new Filing(FolderName.TRASH, true, by.rule()));
    }

    /** The mailbox that has the message then; its own, where none has. */
    private String mailboxOf(Destination destination) {
        return destination instanceof Destination.Move move
                ? move.filing().folder().in(delimiter)
                : mailbox;
    }
}
