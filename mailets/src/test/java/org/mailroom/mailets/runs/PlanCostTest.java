/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.testing.RandomRun;

/** What a plan with twenty rules costs: their searches, the headers of the messages that it shows, and no mail. */
class PlanCostTest {
    private static final int ROUNDS = 7;

    /** Five messages are shown of a rule, and where few stand between them those are read as well. */
    private static final int SHOWN_AND_BETWEEN = 25;

    private static final List<String> WORDS =
            List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa");

    private static final List<String> CONDITIONS = List.of(
            "SUBJECT alpha",
            "SUBJECT amm BODY delta",
            "BODY epsilon NOT SUBJECT zeta",
            "OR SUBJECT theta SUBJECT iota",
            "FROM sender3",
            "FROM \"sender7@example.org\" UNFLAGGED",
            "FLAGGED SUBJECT kappa",
            "KEYWORD Work",
            "OLDER 7776000 UNFLAGGED BODY beta",
            "LARGER 400",
            "SMALLER 250",
            "HEADER List-Id \"list4\"",
            "HEADER List-Unsubscribe \"\"",
            "SENTSINCE 1-Jun-2026 SENTBEFORE 1-Jul-2026",
            "TEXT \"alpha beta\"",
            "BODY \"gamma delta\"",
            "TO bob CC carol",
            "SUBJECT nothing-like-it",
            "NOT SUBJECT alpha NOT SUBJECT beta NOT SUBJECT gamma BODY zeta",
            "OR (FROM sender1 SUBJECT eta) (FROM sender2 BODY theta)");

    @TempDir
    Path directory;

    @Test
    void ofTwoThousandMessages() throws Exception {
        plan(2_000);
    }

    /** {@code mvn verify -Plarge}. */
    @Test
    @Tag("large")
    void ofAHundredThousandMessages() throws Exception {
        plan(100_000);
    }

    private void plan(int messages) throws Exception {
        long seed = RandomRun.seed();
        try (RuleMail mail = new RuleMail(directory)) {
            mail.create(ALICE, "INBOX");
            Random random = new Random(seed);
            for (int i = 0; i < messages; i++) {
                append(mail, i, random);
            }
            for (String condition : CONDITIONS) {
                mail.rule("where " + condition, condition, new AddFlag(Set.of("$Found")));
            }
            mail.store.freeze();
            searched(mail);
            mail.searches.set(0);
            mail.store.bodiesRead.set(0);
            mail.store.headersRead.set(0);
            mail.store.metadataRead.set(0);

            Plan plan = planned(mail);

            assertThat(mail.searches).hasValue(CONDITIONS.size());
            assertThat(mail.store.bodiesRead).hasValue(0);
            assertThat(mail.store.headersRead).hasValueLessThanOrEqualTo(SHOWN_AND_BETWEEN * CONDITIONS.size());
            assertThat(mail.store.metadataRead).hasValue(0);
            mail.store.headersRead.set(0);
            assertThat(planned(mail).summary()).isEqualTo(plan.summary());
            assertThat(mail.store.headersRead)
                    .as("headers that were shown before")
                    .hasValue(0);
            long found = searched(mail);
            assertThat(plan.summary().stream()
                            .mapToLong(Plan.RuleSummary::messages)
                            .sum())
                    .isEqualTo(found);
            print(mail, messages, found, plan.groups().size());
        }
    }

    private static void append(RuleMail mail, int i, Random random) throws Exception {
        StringBuilder message = new StringBuilder("From: Sender <sender" + i % 10
                + "@example.org>\r\nTo: alice@localhost"
                + (i % 7 == 0 ? ", bob@localhost\r\nCc: carol@localhost" : "") + "\r\nDate: Sat, 21 "
                + (i % 2 == 0 ? "Jun" : "Nov") + " 2026 10:00:00 +0000\r\nMessage-ID: <" + i + "@example.org>\r\n");
        if (i % 5 == 0) {
            message.append("List-Id: <list" + i % 20 + ".example.org>\r\n")
                    .append("List-Unsubscribe: <mailto:off@example.org>\r\n");
        }
        message.append("Subject: " + word(random) + " " + i + "\r\n\r\n");
        for (int words = random.nextInt(40); words > 0; words--) {
            message.append(word(random)).append(words % 8 == 0 ? "\r\n" : " ");
        }
        String[] flags = i % 9 == 0 ? new String[] {"\\Flagged"} : i % 11 == 0 ? new String[] {"Work"} : new String[0];
        mail.append(ALICE, "INBOX", message.toString(), Instant.ofEpochSecond(1_700_000_000L + i * 300L), flags);
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static Plan planned(RuleMail mail) throws Exception {
        return mail.runs.plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of(ALICE)));
    }

    /** The same searches as IMAP's. */
    private static long searched(RuleMail mail) throws Exception {
        long found = 0;
        for (FolderRule rule : mail.rules) {
            found += mail.found(ALICE, "INBOX", rule.when());
        }
        return found;
    }

    /** Figures for people: a machine that is busy may let them say anything. */
    private static void print(RuleMail mail, int messages, long found, int groups) throws Exception {
        List<Long> plans = new ArrayList<>();
        List<Long> searches = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            searched(mail);
            long between = System.nanoTime();
            planned(mail);
            plans.add(System.nanoTime() - between);
            searches.add(between - begin);
        }
        plans.sort(null);
        searches.sort(null);
        double plan = plans.get(ROUNDS / 2) / 1e6;
        double search = searches.get(ROUNDS / 2) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "plan with %d rules over %d messages (%d matches, %d sets of rules): %.0f ms, their searches alone %.0f ms: %.2f times%n",
                CONDITIONS.size(),
                messages,
                found,
                groups,
                plan,
                search,
                plan / search);
    }
}
