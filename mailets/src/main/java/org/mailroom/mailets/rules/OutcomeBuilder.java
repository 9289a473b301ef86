/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mailroom.mailets.rules.RuleOutcome.Applied;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.mailets.rules.RuleOutcome.Handover;

/**
 * Adds up the actions on one message, one by one; {@link RuleOutcome} says what they mean together. Not thread-safe.
 */
final class OutcomeBuilder {
    private final String mailbox;
    private final char delimiter;
    private final List<Applied> applied = new ArrayList<>();
    /** By the names of the mailboxes: two ways to write a folder's name are one folder. */
    private final Map<String, Filing> filed = new LinkedHashMap<>();

    private final Map<String, Filing> copied = new LinkedHashMap<>();
    private final Map<String, Handover> processors = new LinkedHashMap<>();
    private final Set<String> addedFlags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> removedFlags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private boolean flagsReplaced;
    private Optional<Discarding> discard = Optional.empty();
    private boolean kept;
    private boolean stopped;

    OutcomeBuilder(String mailbox, char delimiter) {
        this.mailbox = mailbox;
        this.delimiter = delimiter;
    }

    boolean stopped() {
        return stopped;
    }

    void apply(FolderRule rule) {
        for (RuleAction action : rule.actions()) {
            applied.add(new Applied(rule, action));
            action.accept(new Application(rule));
            if (stopped) {
                return;
            }
        }
    }

    private void add(Map<String, Filing> filings, Filing filing) {
        filings.merge(
                filing.folder().in(delimiter),
                filing,
                (first, again) -> new Filing(first.folder(), first.create() || again.create(), first.rule()));
    }

    RuleOutcome get() {
        Map<String, Filing> into = new LinkedHashMap<>(filed);
        copied.values().forEach(copy -> add(into, copy));
        Destination destination = destination();
        into.remove(mailboxOf(destination));
        return new RuleOutcome(
                applied,
                destination,
                List.copyOf(into.values()),
                new FlagChanges(flagsReplaced, addedFlags, removedFlags),
                List.copyOf(processors.values()));
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

    private Destination discarded(Discarding by) {
        if (by.expunge()) {
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

    /** What each kind of action of a rule does here. */
    private final class Application implements RuleActionVisitor {
        private final FolderRule rule;

        Application(FolderRule rule) {
            this.rule = rule;
        }

        @Override
        public void fileInto(RuleAction.FileInto action) {
            add(filed, new Filing(action.folder(), action.create(), rule));
        }

        @Override
        public void copyInto(RuleAction.CopyInto action) {
            add(copied, new Filing(action.folder(), action.create(), rule));
        }

        @Override
        public void addFlag(RuleAction.AddFlag action) {
            action.flags().forEach(removedFlags::remove);
            addedFlags.addAll(action.flags());
        }

        @Override
        public void removeFlag(RuleAction.RemoveFlag action) {
            action.flags().forEach(addedFlags::remove);
            if (!flagsReplaced) {
                removedFlags.addAll(action.flags());
            }
        }

        @Override
        public void setFlag(RuleAction.SetFlag action) {
            flagsReplaced = true;
            removedFlags.clear();
            addedFlags.clear();
            addedFlags.addAll(action.flags());
        }

        @Override
        public void discard(RuleAction.Discard action) {
            boolean milder = discard.isPresent() && discard.get().expunge() && !action.expunge();
            if (discard.isEmpty() || milder) {
                discard = Optional.of(new Discarding(rule, action.expunge()));
            }
        }

        @Override
        public void keep(RuleAction.Keep action) {
            kept = true;
        }

        @Override
        public void stop(RuleAction.Stop action) {
            stopped = true;
        }

        @Override
        public void toProcessor(RuleAction.ToProcessor action) {
            processors.putIfAbsent(action.processor(), new Handover(action.processor(), rule));
        }
    }

    /** Of two that discard, the one that does not expunge: what is in Trash can be had back. */
    private record Discarding(FolderRule rule, boolean expunge) {}
}
