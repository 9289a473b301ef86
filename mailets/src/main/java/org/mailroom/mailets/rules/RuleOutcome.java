/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the rules that matched make of one message in one mailbox.
 *
 * <p>As in Sieve (RFC 5228 section 2.10), a message stays where it is unless an action says otherwise. {@code fileInto},
 * {@code discard} and {@code toProcessor} say so; {@code keep}, and filing or copying into the mailbox it is in, let it
 * stay all the same. With several {@code fileInto}, the message goes into the first folder and copies into the others; where it
 * stays, copies go into all. {@code discard} beside {@code fileInto}, {@code keep} or {@code toProcessor} does nothing.
 * {@code copyInto} changes nothing but that there is a copy. No folder gets the message twice.
 *
 * <p>Flags are those of the message: wherever it or a copy of it is filed, by whichever rule, it has the flags that all
 * actions together make. Conditions look at the message as it was before the first action.
 *
 * @param applied every action of every rule that matched, in order, as far as {@code stop}
 * @param destination what becomes of the message itself
 * @param copies where copies go, in order
 * @param flags the flags of the message and its copies
 * @param processors James's processors that get the message, at delivery
 */
public record RuleOutcome(
        List<Applied> applied,
        Destination destination,
        List<Filing> copies,
        FlagChanges flags,
        List<Handover> processors) {

    /** No rule matched. */
    public static final RuleOutcome NOTHING =
            new RuleOutcome(List.of(), new Destination.Stay(), List.of(), FlagChanges.NONE, List.of());

    /** An action and the rule that asked for it. */
    public record Applied(FolderRule rule, RuleAction action) {
        public Applied {
            Objects.requireNonNull(rule);
            Objects.requireNonNull(action);
        }
    }

    /**
     * A folder that gets the message.
     *
     * @param create whether the folder is made where it is missing
     * @param rule the first rule that asked for it
     */
    public record Filing(FolderName folder, boolean create, FolderRule rule) {
        public Filing {
            Objects.requireNonNull(folder);
            Objects.requireNonNull(rule);
        }
    }

    /** A processor that gets the message, and the rule that asked for it. */
    public record Handover(String processor, FolderRule rule) {
        public Handover {
            Objects.requireNonNull(processor);
            Objects.requireNonNull(rule);
        }
    }

    /** What becomes of a message itself. */
    public sealed interface Destination {
        /** It stays in its mailbox. */
        record Stay() implements Destination {}

        /** It goes into another folder: Trash, where it was discarded. */
        record Move(Filing filing) implements Destination {
            public Move {
                Objects.requireNonNull(filing);
            }
        }

        /** It is gone, because {@code rule} discarded it. */
        record Expunge(FolderRule rule) implements Destination {
            public Expunge {
                Objects.requireNonNull(rule);
            }
        }

        /** It is not stored: it was handed over. */
        record HandedOver() implements Destination {}
    }

    public RuleOutcome {
        applied = List.copyOf(applied);
        Objects.requireNonNull(destination);
        copies = List.copyOf(copies);
        Objects.requireNonNull(flags);
        processors = List.copyOf(processors);
    }

    /** Whether everything stays as it is. */
    public boolean changesNothing() {
        return destination instanceof Destination.Stay && copies.isEmpty() && flags.isEmpty() && processors.isEmpty();
    }

    /**
     * What is done where some folders cannot be filed into: a message that should go into one of them stays where it is,
     * and a copy is not made. A message that should be gone stays too, where it would leave less than its rules say.
     */
    public RuleOutcome without(Predicate<Filing> refused) {
        List<Filing> made = copies.stream().filter(refused.negate()).toList();
        boolean stays = destination instanceof Destination.Move move
                ? refused.test(move.filing())
                : made.size() < copies.size();
        return new RuleOutcome(applied, stays ? new Destination.Stay() : destination, made, flags, processors);
    }
}
