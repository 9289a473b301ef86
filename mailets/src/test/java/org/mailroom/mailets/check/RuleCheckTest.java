/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailets.runs.RuleMail.ALICE;
import static org.mailroom.mailets.runs.RuleMail.BOB;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.check.CheckReport.CheckedRule;
import org.mailroom.mailets.check.CheckReport.MissingTarget;
import org.mailroom.mailets.check.CheckReport.Place;
import org.mailroom.mailets.check.CheckReport.Shadowed;
import org.mailroom.mailets.runs.RuleMail;
import org.mailroom.mailets.runs.RunRefusedException;

class RuleCheckTest {
    @TempDir
    Path directory;

    private RuleMail mail;

    @BeforeEach
    void makeMailboxes() throws Exception {
        mail = new RuleMail(directory);
        mail.create(ALICE, "INBOX");
        mail.create(BOB, "INBOX");
    }

    @AfterEach
    void close() {
        mail.close();
    }

    private static String rule(String name, String on, String when, String actions) {
        return "<rule name=\"" + name + "\" on=\"" + on + "\"><when>" + when + "</when><actions>" + actions
                + "</actions></rule>";
    }

    private CheckReport check(CheckRequest request, String... rules) throws Exception {
        String text = "<folder-rules>" + String.join("\n", rules) + "</folder-rules>";
        RuleCheck check = mail.check();
        return check.check(check.read(text.getBytes(StandardCharsets.UTF_8)), request);
    }

    private CheckReport check(String... rules) throws Exception {
        return check(new CheckRequest(30, List.of()), rules);
    }

    @Test
    void matchesAreCountedByRuleAndPlace() throws Exception {
        mail.appendNow(ALICE, "INBOX", "invoice 1");
        mail.appendNow(ALICE, "INBOX", "invoice 2");
        mail.appendNow(BOB, "INBOX", "invoice 3");
        mail.appendNow(BOB, "INBOX", "letter");

        CheckReport report = check(rule("bills", "demand", "SUBJECT invoice", "<addFlag>Bill</addFlag>"));

        CheckedRule bills = report.rules().get(0);
        assertThat(bills.matches()).isEqualTo(3);
        assertThat(bills.acts()).isEqualTo(3);
        assertThat(bills.places()).containsExactly(new Place("alice", "INBOX", 2), new Place("bob", "INBOX", 1));
        assertThat(report.users()).containsExactly("alice", "bob");
        assertThat(report.neverMatch()).isEmpty();
        assertThat(report.shadowed()).isEmpty();
    }

    @Test
    void onlyMailOfTheLastDaysAndTheUsersAskedForIsLookedAt() throws Exception {
        mail.append(ALICE, "INBOX", "invoice of 2023");
        mail.appendNow(BOB, "INBOX", "invoice");
        String bills = rule("bills", "demand", "SUBJECT invoice", "<addFlag>Bill</addFlag>");

        CheckReport report = check(new CheckRequest(30, List.of(ALICE)), bills);
        assertThat(report.neverMatch()).containsExactly("bills");
        assertThat(report.users()).containsExactly("alice");

        assertThat(check(new CheckRequest(36_500, List.of(ALICE)), bills)
                        .rules()
                        .get(0)
                        .matches())
                .isEqualTo(1);
    }

    @Test
    void aRuleThatAnEarlierStopLeavesNothingIsShadowed() throws Exception {
        mail.appendNow(ALICE, "INBOX", "invoice");
        mail.appendNow(ALICE, "INBOX", "invoice and reminder");
        mail.appendNow(ALICE, "INBOX", "reminder");

        CheckReport report = check(
                rule("bills", "demand", "SUBJECT invoice", "<addFlag>Bill</addFlag><stop/>"),
                rule("both", "demand", "SUBJECT invoice SUBJECT reminder", "<addFlag>Both</addFlag>"),
                rule("reminders", "demand", "SUBJECT reminder", "<addFlag>Reminder</addFlag>"));

        assertThat(report.shadowed()).containsExactly(new Shadowed("both", List.of("bills")));
        CheckedRule reminders = report.rules().get(2);
        assertThat(reminders.matches()).isEqualTo(2);
        assertThat(reminders.acts()).isEqualTo(1);
        assertThat(reminders.stoppedBy()).isEqualTo(Map.of("bills", 1L));
    }

    @Test
    void aStopOnOneOccasionIsNoneOnAnother() throws Exception {
        mail.appendNow(ALICE, "INBOX", "invoice");

        CheckReport report = check(
                rule("bills", "delivery", "SUBJECT invoice", "<addFlag>Bill</addFlag><stop/>"),
                rule("all", "delivery demand", "ALL", "<addFlag>All</addFlag>"));

        assertThat(report.shadowed()).isEmpty();
        assertThat(report.rules().get(1).acts()).isEqualTo(1);
    }

    @Test
    void mailThatArrivedIsFoundWhereItWasFiledAndAsItWasThen() throws Exception {
        mail.create(ALICE, "Bills");
        mail.create(ALICE, "Sent");
        mail.appendNow(ALICE, "Bills", "invoice", "\\Seen", "Paid");
        mail.appendNow(ALICE, "Sent", "my invoice");
        String when = "SUBJECT invoice UNSEEN NOT KEYWORD Paid NOT OLDER 1 OR YOUNGER 1 SEEN";

        CheckReport report = check(
                rule("arriving", "delivery", when, "<fileInto create=\"true\">Bills</fileInto>"),
                rule("stored", "demand", when, "<fileInto create=\"true\">Bills</fileInto>"));

        assertThat(report.rules().get(0).places()).containsExactly(new Place("alice", "Bills", 1));
        assertThat(report.neverMatch()).containsExactly("stored");
    }

    @Test
    void foldersThatAreMissingAreNamedWithTheirUsers() throws Exception {
        mail.create(ALICE, "Bills");

        CheckReport report = check(
                rule("bills", "demand", "ALL", "<fileInto>Bills</fileInto>"),
                rule("copies", "demand", "ALL", "<copyInto>A/B</copyInto>"),
                rule("made", "demand", "ALL", "<fileInto create=\"true\">Made</fileInto>"));

        assertThat(report.missingTargets())
                .containsExactlyInAnyOrder(
                        new MissingTarget("bills", "Bills", List.of("bob")),
                        new MissingTarget("copies", "A/B", List.of("alice", "bob")));
    }

    @Test
    void nothingIsChanged() throws Exception {
        mail.appendNow(ALICE, "INBOX", "invoice");
        var before = mail.mail(ALICE);

        check(rule("gone", "demand delivery", "ALL", "<discard expunge=\"true\"/>"));

        assertThat(mail.mail(ALICE)).isEqualTo(before);
    }

    @Test
    void anUnknownUserIsRefused() {
        assertThatThrownBy(() -> check(new CheckRequest(1, List.of(Username.of("nobody")))))
                .isInstanceOf(RunRefusedException.class)
                .hasMessage("there is no user nobody");
    }
}
