/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.CopyInto;
import org.mailroom.mailets.rules.RuleAction.Discard;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.RuleAction.Keep;
import org.mailroom.mailets.rules.RuleAction.RemoveFlag;
import org.mailroom.mailets.rules.RuleAction.SetFlag;
import org.mailroom.mailets.rules.RuleAction.Stop;
import org.mailroom.mailets.rules.RuleAction.ToProcessor;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.search.query.SearchKey;

class RuleOutcomeTest {
    private static final Username ALICE = Username.of("alice@example.org");

    private static FolderRule rule(String name, RuleAction... actions) {
        return FolderRule.of(
                name,
                RuleUsers.ALL,
                RuleFolders.INBOX,
                EnumSet.of(Trigger.DELIVERY),
                new SearchKey.All(),
                "ALL",
                List.of(actions),
                Optional.empty());
    }

    private static FileInto fileInto(String folder) {
        return new FileInto(new FolderName(folder), false);
    }

    private static CopyInto copyInto(String folder) {
        return new CopyInto(new FolderName(folder), false);
    }

    private static RuleOutcome of(RuleAction... actions) {
        return of(rule("only", actions));
    }

    private static RuleOutcome of(FolderRule... rules) {
        return new RuleBook(Arrays.asList(rules)).outcome(ALICE, "INBOX", '.', Trigger.DELIVERY, rule -> true);
    }

    /** The folder a message moves to; empty where it stays. */
    private static Optional<String> moved(RuleOutcome outcome) {
        return outcome.destination() instanceof Destination.Move move
                ? Optional.of(move.filing().folder().name())
                : Optional.empty();
    }

    private static List<String> copies(RuleOutcome outcome) {
        return outcome.copies().stream().map(copy -> copy.folder().name()).toList();
    }

    private static void assertStays(RuleOutcome outcome) {
        assertThat(outcome.destination()).isEqualTo(new Destination.Stay());
    }

    @Test
    void messageThatNoRuleMatchesShouldStay() {
        RuleOutcome outcome = new RuleBook(List.of(rule("discard", new Discard(true))))
                .outcome(ALICE, "INBOX", '.', Trigger.DELIVERY, rule -> false);

        assertThat(outcome).isEqualTo(RuleOutcome.NOTHING);
        assertThat(outcome.changesNothing()).isTrue();
    }

    @Test
    void fileIntoShouldMove() {
        RuleOutcome outcome = of(fileInto("Lists/James"));

        assertThat(moved(outcome)).contains("Lists/James");
        assertThat(outcome.copies()).isEmpty();
        assertThat(outcome.changesNothing()).isFalse();
    }

    @Test
    void furtherFileIntoShouldCopy() {
        RuleOutcome outcome = of(rule("one", fileInto("A")), rule("two", fileInto("B"), fileInto("C")));

        assertThat(moved(outcome)).contains("A");
        assertThat(copies(outcome)).containsExactly("B", "C");
        assertThat(outcome.copies()).extracting(copy -> copy.rule().name()).containsExactly("two", "two");
    }

    @Test
    void keepShouldLetTheMessageStayWhereverItStands() {
        for (RuleOutcome outcome : List.of(
                of(fileInto("A"), new Keep(), fileInto("B")),
                of(rule("one", new Keep()), rule("two", fileInto("A"), fileInto("B"))))) {
            assertStays(outcome);
            assertThat(copies(outcome)).containsExactly("A", "B");
        }
        assertStays(of(new Discard(true), new Keep()));
    }

    @Test
    void filingOrCopyingIntoTheMessagesOwnFolderShouldKeepIt() {
        RuleOutcome filed = of(fileInto("A"), fileInto("inbox"));
        assertStays(filed);
        assertThat(copies(filed)).containsExactly("A");

        RuleOutcome copied = of(copyInto("INBOX"), new Discard(true));
        assertStays(copied);
        assertThat(copied.copies()).isEmpty();
    }

    @Test
    void copyIntoShouldLetTheMessageStay() {
        RuleOutcome outcome = of(copyInto("A"), copyInto("B"));

        assertStays(outcome);
        assertThat(copies(outcome)).containsExactly("A", "B");
    }

    @Test
    void noFolderShouldGetTheMessageTwice() {
        RuleOutcome outcome = of(
                rule("one", copyInto("B"), fileInto("A/x"), copyInto("A.x")),
                rule("two", fileInto("A/x"), new FileInto(new FolderName("B"), true)));

        assertThat(moved(outcome)).contains("A/x");
        assertThat(outcome.copies()).hasSize(1);
        Filing copy = outcome.copies().get(0);
        assertThat(copy.folder().name()).isEqualTo("B");
        assertThat(copy.create()).isTrue();
    }

    @Test
    void discardShouldMoveToTrashAndMakeItWhereItIsMissing() {
        RuleOutcome outcome = of(copyInto("A"), new Discard(false));

        assertThat(moved(outcome)).contains("Trash");
        assertThat(((Destination.Move) outcome.destination()).filing().create()).isTrue();
        assertThat(copies(outcome)).containsExactly("A");
        assertThat(copies(of(copyInto("Trash"), new Discard(false)))).isEmpty();
    }

    @Test
    void discardedMessageShouldBeGoneOnlyWhereEveryDiscardExpunges() {
        FolderRule expunging = rule("expunge", new Discard(true));
        FolderRule toTrash = rule("trash", new Discard(false));

        assertThat(of(expunging).destination()).isEqualTo(new Destination.Expunge(expunging));
        assertThat(moved(of(expunging, toTrash))).contains("Trash");
        assertThat(moved(of(toTrash, expunging))).contains("Trash");
    }

    @Test
    void discardShouldDoNothingWhereTheMessageIsFiled() {
        RuleOutcome outcome = of(rule("one", new Discard(true)), rule("two", fileInto("A")));

        assertThat(moved(outcome)).contains("A");
        assertThat(outcome.copies()).isEmpty();
    }

    @Test
    void discardedMessageInTrashShouldStayThere() {
        RuleOutcome outcome = new RuleBook(List.of(FolderRule.of(
                        "in trash",
                        RuleUsers.ALL,
                        new RuleFolders(List.of(new RuleFolders.Entry("Trash", false))),
                        EnumSet.of(Trigger.DEMAND),
                        new SearchKey.All(),
                        "ALL",
                        List.of(new Discard(false)),
                        Optional.empty())))
                .outcome(ALICE, "Trash", '.', Trigger.DEMAND, rule -> true);

        assertStays(outcome);
    }

    @Test
    void stopShouldEndItsRuleAndKeepFurtherOnesFromBeingAsked() {
        RuleOutcome outcome = of(rule("one", fileInto("A"), new Stop()), rule("two", new Discard(true), copyInto("B")));

        assertThat(moved(outcome)).contains("A");
        assertThat(outcome.copies()).isEmpty();
        assertThat(outcome.applied())
                .extracting(applied -> applied.rule().name())
                .containsOnly("one");
    }

    @Test
    void stopOfARuleThatDoesNotMatchShouldStopNothing() {
        Predicate<FolderRule> two = rule -> rule.name().equals("two");
        RuleOutcome outcome = new RuleBook(List.of(rule("one", new Stop()), rule("two", fileInto("A"))))
                .outcome(ALICE, "INBOX", '.', Trigger.DELIVERY, two);

        assertThat(moved(outcome)).contains("A");
    }

    @Test
    void flagsShouldBeWhatAllActionsInTheirOrderMakeOfThem() {
        RuleOutcome outcome = of(
                rule("one", new AddFlag(Set.of("\\seen", "$Work")), fileInto("A")),
                rule("two", new RemoveFlag(Set.of("$work", "old")), new AddFlag(Set.of("\\Flagged"))));

        assertThat(outcome.flags())
                .isEqualTo(new FlagChanges(false, Set.of("\\Flagged", "\\Seen"), Set.of("$work", "old")));
        assertThat(outcome.flags().apply(Set.of("OLD", "kept")))
                .containsExactlyInAnyOrder("\\Seen", "\\Flagged", "kept");
    }

    @Test
    void setFlagShouldReplaceWhatTheMessageHasAndWhatWasAsked() {
        RuleOutcome outcome = of(new AddFlag(Set.of("a")), new SetFlag(Set.of("b", "c")), new RemoveFlag(Set.of("B")));

        assertThat(outcome.flags().apply(Set.of("\\Seen", "b"))).containsExactly("c");
        assertThat(of(new SetFlag(Set.of())).flags().apply(Set.of("\\Seen"))).isEmpty();
    }

    @Test
    void flagsThatNobodyCanSetShouldBeRefused() {
        for (String flag : List.of("\\Recent", "\\Important", "two words", "", "Ümlaut", "a(b")) {
            assertThatThrownBy(() -> new AddFlag(Set.of(flag))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void messageForAProcessorShouldNotBeStored() {
        RuleOutcome outcome = of(new ToProcessor("archive"), new ToProcessor("archive"), copyInto("A"));

        assertThat(outcome.destination()).isEqualTo(new Destination.HandedOver());
        assertThat(outcome.processors())
                .extracting(RuleOutcome.Handover::processor)
                .containsExactly("archive");
        assertThat(copies(outcome)).containsExactly("A");
        assertStays(of(new ToProcessor("archive"), new Keep()));
        assertThat(moved(of(new ToProcessor("archive"), fileInto("A")))).contains("A");
    }

    @Test
    void messageShouldStayWhereItsFolderIsRefused() {
        RuleOutcome outcome = of(fileInto("missing"), fileInto("A"), copyInto("lost"), new AddFlag(Set.of("x")));

        RuleOutcome left = outcome.without(filing -> !filing.folder().name().equals("A"));

        assertStays(left);
        assertThat(copies(left)).containsExactly("A");
        assertThat(left.flags().added()).containsExactly("x");
    }

    @Test
    void discardedMessageShouldStayWhereACopyOfItIsRefused() {
        assertStays(of(copyInto("missing"), new Discard(true)).without(filing -> true));
        assertThat(moved(of(copyInto("missing"), fileInto("A"))
                        .without(filing -> filing.folder().name().equals("missing"))))
                .contains("A");
    }

    @Test
    void versionShouldChangeWithTheTextOfARule() {
        String version = rule("one", fileInto("A")).version();

        assertThat(rule("one", fileInto("A")).version()).isEqualTo(version).hasSize(12);
        assertThat(rule("two", fileInto("A")).version()).isNotEqualTo(version);
        assertThat(rule("one", fileInto("B")).version()).isNotEqualTo(version);
        assertThat(rule("one", new FileInto(new FolderName("A"), true)).version())
                .isNotEqualTo(version);
    }
}
