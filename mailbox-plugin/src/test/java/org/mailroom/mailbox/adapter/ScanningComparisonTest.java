/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

/**
 * What {@code match} calls a match, compared with James's scanning search, which was written by others. Where they
 * differ a {@link KnownDifference} must explain it, or the test fails.
 */
class ScanningComparisonTest {
    private static final long SEED = RandomRun.seed();
    private static final int LEAVES = RandomRun.rounds(40, 800);
    private static final int TREES = RandomRun.rounds(15, 300);
    private static final Instant NOW = ScannedMail.FIRST.plus(Duration.ofDays(12));

    private static final String[] PLAIN = {
        "From: Ada <ada@example.org>",
        "From: Zoe <zoe@example.org>",
        "To: \"Doe, John\" <john@example.org>",
        "Subject: café  meeting",
        "Date: Tue, 5 Mar 2024 23:30:00 -0500",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "naïve office",
        "hours aaaab",
        "the very end"
    };

    private static final String[] HTML = {
        "From: \"=?utf-8?Q?J=C3=BCrgen?=\" <j@example.org>",
        "Subject: =?x-unknown?Q?strange?= word",
        "Date: 2024-03-05",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<p class=loud>of<b>fice</b></p>"
    };

    private static final String[] EIGHT_BIT = {"From: a@example.org", "Subject: für alle", "", "text"};

    private static final String[] NO_BLANK_LINE = {"From: a@example.org", "Comments: none"};

    private static final String[] UNKNOWN_CHARSET = {
        "From: a@example.org", "Content-Type: text/plain; charset=x-no-such-charset", "", "text"
    };

    private static ScannedMail sample;

    @BeforeAll
    static void storeTheSampleMail() throws Exception {
        sample = new ScannedMail(ScannedMail.sample(), new Random(SEED));
    }

    /** One key and one message on which James differs. */
    record Row(KnownDifference reason, SearchKey key, boolean ours, String... message) {
        @Override
        public String toString() {
            return reason + ": " + key;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(KnownDifference.UPPER_CASE_ONLY, new MailKey.Subject("cafe"), true, PLAIN),
                new Row(KnownDifference.UPPER_CASE_ONLY, new MailKey.Body("nai"), true, PLAIN),
                new Row(KnownDifference.WHITE_SPACE_COUNTS, new MailKey.Subject("café meeting"), true, PLAIN),
                new Row(KnownDifference.WHITE_SPACE_COUNTS, new MailKey.Text("office hours"), true, PLAIN),
                new Row(KnownDifference.DECODED_BY_MIME4J, new MailKey.Subject("für"), true, EIGHT_BIT),
                new Row(KnownDifference.HEADER_CUT_SHORT, new MailKey.Header("Comments", ""), true, NO_BLANK_LINE),
                new Row(KnownDifference.FIRST_FIELD_ONLY, new MailKey.Address(AddressField.FROM, "zoe"), true, PLAIN),
                new Row(
                        KnownDifference.ADDRESSES_WRITTEN_ANEW,
                        new MailKey.Address(AddressField.FROM, "utf-8?q"),
                        false,
                        HTML),
                new Row(
                        KnownDifference.SENT_DATE_IN_UTC,
                        new MailKey.SentDate(DateRelation.ON, LocalDate.of(2024, 3, 5)),
                        true,
                        PLAIN),
                new Row(
                        KnownDifference.SENT_DATE_UNREADABLE,
                        new MailKey.SentDate(DateRelation.ON, LocalDate.of(2024, 3, 5)),
                        true,
                        HTML),
                new Row(KnownDifference.SEARCHES_THE_SOURCE, new MailKey.Body("loud"), false, HTML),
                new Row(KnownDifference.SEARCHES_THE_SOURCE, new MailKey.Body("office"), true, HTML),
                new Row(KnownDifference.SCANNER_LOSES_TRACK, new MailKey.Body("aaab"), true, PLAIN));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void jamesDiffersForThisReason(Row row) throws Exception {
        ScannedMail mail = mail(row);
        ComparedMessage message = mail.messages().get(0);
        boolean james = mail.search(row.key(), NOW).contains(1L);

        assertThat(MessageMatch.of(row.key()).matches(message, NOW)).isEqualTo(row.ours());
        assertThat(james).isEqualTo(!row.ours());
        assertThat(Explanation.of(row.key(), message, NOW, james)).contains(EnumSet.of(row.reason()));
    }

    static Stream<Row> trees() {
        SearchKey second = new StoreKey.Uid(NumberSet.of(2));
        return Stream.of(
                new Row(
                        KnownDifference.UIDS_ANYWHERE_LIMIT_ALL,
                        new SearchKey.Or(second, new MailKey.Address(AddressField.FROM, "ada")),
                        true,
                        PLAIN),
                new Row(KnownDifference.UIDS_ANYWHERE_LIMIT_ALL, new SearchKey.Not(second), true, PLAIN),
                new Row(
                        KnownDifference.UNREADABLE_MATCHES_NOTHING,
                        new SearchKey.Not(new MailKey.Body("nowhere")),
                        true,
                        UNKNOWN_CHARSET));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void jamesDoesNotFollowItsOwnLogicForThisReason(Row row) throws Exception {
        ScannedMail mail = mail(row);
        Comparison comparison = new Comparison(mail);

        comparison.compare(row.key());

        assertThat(MessageMatch.of(row.key()).matches(mail.messages().get(0), NOW))
                .isEqualTo(row.ours());
        assertThat(mail.search(row.key(), NOW).contains(1L)).isEqualTo(!row.ours());
        assertThat(comparison.unexplained).isEmpty();
        assertThat(comparison.explained).containsOnlyKeys(row.reason());
    }

    private static ScannedMail mail(Row row) throws Exception {
        byte[] octets = String.join("\r\n", row.message()).getBytes(StandardCharsets.UTF_8);
        return new ScannedMail(List.of(new RawMessage("row", octets)), new Random(SEED));
    }

    @Test
    void jamesPutsTheHourAfterMidnightAtTheEndOfItsDay() throws Exception {
        ScannedMail mail = new ScannedMail(List.of(RawMessage.ofLines(PLAIN)), Instant.parse("2024-03-05T00:30:00Z"));
        ComparedMessage message = mail.messages().get(0);
        SearchKey key = new MailKey.Older(
                Duration.between(Instant.parse("2024-03-05T12:00:00Z"), NOW).toSeconds());

        assertThat(MessageMatch.of(key).matches(message, NOW)).isTrue();
        assertThat(mail.search(key, NOW)).isEmpty();
        assertThat(Explanation.of(key, message, NOW, false)).contains(EnumSet.of(KnownDifference.MIDNIGHT_IS_24));
    }

    @Test
    void everyKnownDifferenceHasItsRow() {
        Set<KnownDifference> shown = EnumSet.of(KnownDifference.MIDNIGHT_IS_24);
        Stream.concat(rows(), trees()).forEach(row -> shown.add(row.reason()));

        assertThat(shown).containsExactlyInAnyOrder(KnownDifference.values());
    }

    @Test
    void everyDifferenceOverRandomKeysIsExplained() throws Exception {
        KeysFromSample keys = new KeysFromSample(new Random(SEED), sample.messages());
        Comparison comparison = new Comparison(sample);
        for (int i = 0; i < LEAVES; i++) {
            comparison.compare(keys.leaf());
        }
        for (int i = 0; i < TREES; i++) {
            comparison.compare(keys.tree(3));
        }
        System.out.println("seed " + SEED + ": explained differences " + comparison.explained + " of "
                + comparison.compared + " answers, " + comparison.found + " of them hits");
        assertThat(comparison.unexplained)
                .as("differences without an explanation; seed %d", SEED)
                .isEmpty();
    }

    private static final class Comparison {
        private final ScannedMail mail;
        private final Map<SearchKey, Set<Long>> answers = new HashMap<>();
        private final Map<KnownDifference, Integer> explained = new TreeMap<>();
        private final List<String> unexplained = new ArrayList<>();
        private long compared;
        private long found;

        Comparison(ScannedMail mail) {
            this.mail = mail;
        }

        private Set<Long> james(SearchKey key) throws Exception {
            Set<Long> known = answers.get(key);
            if (known == null) {
                known = mail.search(key, NOW);
                answers.put(key, known);
            }
            return known;
        }

        void compare(SearchKey key) throws Exception {
            for (SearchKey leaf : leaves(key)) {
                if (!answers.containsKey(leaf)) {
                    compareLeaf(leaf, james(leaf));
                }
            }
            if (leaves(key).size() > 1 || key instanceof SearchKey.Not) {
                compareTree(key, james(key));
            }
        }

        private void compareLeaf(SearchKey leaf, Set<Long> james) {
            for (ComparedMessage message : mail.messages()) {
                boolean theirs = james.contains(message.metadata().uid());
                Optional<Set<KnownDifference>> reasons = Explanation.of(leaf, message, NOW, theirs);
                compared++;
                found += theirs ? 1 : 0;
                if (MessageMatch.of(leaf).matches(message, NOW) != theirs) {
                    reasons.ifPresentOrElse(
                            known -> known.forEach(reason -> explained.merge(reason, 1, Integer::sum)),
                            () -> unexplained.add(leaf + " in " + message + ": James says " + theirs));
                }
            }
        }

        /** Given what it says to each of its parts, James must say what logic says. */
        private void compareTree(SearchKey key, Set<Long> james) throws Exception {
            Optional<NumberSet> anywhere = firstUids(List.of(key));
            for (ComparedMessage message : mail.messages()) {
                long uid = message.metadata().uid();
                boolean logic = evaluate(key, uid);
                compared++;
                if (logic != james.contains(uid)) {
                    if (logic && anywhere.isPresent() && !anywhere.get().contains(uid, uid)) {
                        explained.merge(KnownDifference.UIDS_ANYWHERE_LIMIT_ALL, 1, Integer::sum);
                    } else if (logic && looksAtTheBody(key) && Explanation.jamesGivesUp(message)) {
                        explained.merge(KnownDifference.UNREADABLE_MATCHES_NOTHING, 1, Integer::sum);
                    } else {
                        unexplained.add(key + " in " + message + ": James says " + !logic + ", its logic " + logic);
                    }
                }
            }
        }

        private boolean evaluate(SearchKey key, long uid) throws Exception {
            if (key instanceof SearchKey.And and) {
                for (SearchKey operand : and.keys()) {
                    if (!evaluate(operand, uid)) {
                        return false;
                    }
                }
                return true;
            } else if (key instanceof SearchKey.Or or) {
                return evaluate(or.left(), uid) || evaluate(or.right(), uid);
            } else if (key instanceof SearchKey.Not not) {
                return !evaluate(not.key(), uid);
            }
            return james(key).contains(uid);
        }

        private static Set<SearchKey> leaves(SearchKey key) {
            Set<SearchKey> leaves = new LinkedHashSet<>();
            if (key instanceof SearchKey.And and) {
                and.keys().forEach(operand -> leaves.addAll(leaves(operand)));
            } else if (key instanceof SearchKey.Or or) {
                leaves.addAll(leaves(or.left()));
                leaves.addAll(leaves(or.right()));
            } else if (key instanceof SearchKey.Not not) {
                leaves.addAll(leaves(not.key()));
            } else {
                leaves.add(key);
            }
            return leaves;
        }

        private static boolean looksAtTheBody(SearchKey key) {
            return leaves(key).stream().anyMatch(leaf -> leaf instanceof MailKey.Body || leaf instanceof MailKey.Text);
        }

        /** As James looks for them: down into the first operand that is no leaf, and not back. */
        private static Optional<NumberSet> firstUids(List<SearchKey> keys) {
            for (SearchKey key : keys) {
                if (key instanceof StoreKey.Uid uid) {
                    return Optional.of(uid.set());
                } else if (key instanceof SearchKey.And and) {
                    return firstUids(and.keys());
                } else if (key instanceof SearchKey.Or or) {
                    return firstUids(List.of(or.left(), or.right()));
                } else if (key instanceof SearchKey.Not not) {
                    return firstUids(List.of(not.key()));
                }
            }
            return Optional.empty();
        }
    }
}
