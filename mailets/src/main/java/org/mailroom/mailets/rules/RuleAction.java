/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Objects;
import java.util.Set;

/** What a rule does, in the words of Sieve (RFC 5228, RFC 5232). What several do together says {@link RuleOutcome}. */
public sealed interface RuleAction {

    /** Calls the method of {@code visitor} for this kind of action. */
    void accept(RuleActionVisitor visitor);

    /** The action on one line, as it is shown to people and told apart by. */
    String text();

    /** The message goes into {@code folder}, which is made where it is missing and {@code create} says so. */
    record FileInto(FolderName folder, boolean create) implements RuleAction {
        public FileInto {
            Objects.requireNonNull(folder);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.fileInto(this);
        }

        @Override
        public String text() {
            return "fileInto " + folder.name() + (create ? " (create)" : "");
        }
    }

    /** As {@link FileInto}, but a copy: what becomes of the message itself is not changed. */
    record CopyInto(FolderName folder, boolean create) implements RuleAction {
        public CopyInto {
            Objects.requireNonNull(folder);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.copyInto(this);
        }

        @Override
        public String text() {
            return "copyInto " + folder.name() + (create ? " (create)" : "");
        }
    }

    /** The message gets {@code flags} besides those it has. */
    record AddFlag(Set<String> flags) implements RuleAction {
        /** @throws IllegalArgumentException for what is no flag */
        public AddFlag {
            flags = MailFlag.canonical(flags);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.addFlag(this);
        }

        @Override
        public String text() {
            return "addFlag " + String.join(" ", flags);
        }
    }

    /** The message loses {@code flags}. */
    record RemoveFlag(Set<String> flags) implements RuleAction {
        /** @throws IllegalArgumentException for what is no flag */
        public RemoveFlag {
            flags = MailFlag.canonical(flags);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.removeFlag(this);
        }

        @Override
        public String text() {
            return "removeFlag " + String.join(" ", flags);
        }
    }

    /** The message has {@code flags} and no others. */
    record SetFlag(Set<String> flags) implements RuleAction {
        /** @throws IllegalArgumentException for what is no flag */
        public SetFlag {
            flags = MailFlag.canonical(flags);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.setFlag(this);
        }

        @Override
        public String text() {
            return "setFlag " + String.join(" ", flags);
        }
    }

    /** The message goes to Trash; with {@code expunge} it is gone. */
    record Discard(boolean expunge) implements RuleAction {
        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.discard(this);
        }

        @Override
        public String text() {
            return expunge ? "discard (expunge)" : "discard";
        }
    }

    /** The message stays where it is, whatever else is done with it. */
    record Keep() implements RuleAction {
        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.keep(this);
        }

        @Override
        public String text() {
            return "keep";
        }
    }

    /** No further rule is asked. */
    record Stop() implements RuleAction {
        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.stop(this);
        }

        @Override
        public String text() {
            return "stop";
        }
    }

    /** At delivery: the message is handed to a processor of James's mailet container. */
    record ToProcessor(String processor) implements RuleAction {
        public ToProcessor {
            Objects.requireNonNull(processor);
        }

        @Override
        public void accept(RuleActionVisitor visitor) {
            visitor.toProcessor(this);
        }

        @Override
        public String text() {
            return "toProcessor " + processor;
        }
    }
}
