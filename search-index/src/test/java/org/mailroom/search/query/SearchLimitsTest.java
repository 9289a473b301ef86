/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.testing.RandomRun;

class SearchLimitsTest {
    private static final SearchKey SEEN = new MailKey.FlagSet(SystemFlag.SEEN);

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "FUZZY ", "OR ", "OR SEEN ", "OR (SEEN) (", "NOT (FUZZY (", "SEEN ", "1 "})
    void keysWithoutEndAreRefused(String repeated) {
        assertRefused(repeated.repeat(1_000_000), "more than 4000 search keys and brackets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "FUZZY ", "NOT (", "(ALL "})
    void keysAreNestedAHundredDeepButNotMore(String repeated) throws Exception {
        assertThat(SearchKeyParser.parse(nested(repeated, 100))).isNotEqualTo(SEEN);
        assertRefused(nested(repeated, 101), "search keys nested more than 100 deep");
    }

    private static String nested(String repeated, int times) {
        return repeated.repeat(times) + "SEEN" + (repeated.contains("(") ? ")".repeat(times) : "");
    }

    @Test
    void bracketsAroundOneKeyAreNoNesting() throws Exception {
        assertThat(SearchKeyParser.parse(nested("(", 1_000))).isEqualTo(SEEN);
    }

    @Test
    void aChainOfAThousandOrsPasses() throws Exception {
        SearchKey.Or plain = (SearchKey.Or) SearchKeyParser.parse("OR FROM a ".repeat(1_000) + "FROM a");
        assertThat(plain.alternatives()).hasSize(1_001).containsOnly(new MailKey.Address(AddressField.FROM, "a"));
        SearchKey.Or bracketed =
                (SearchKey.Or) SearchKeyParser.parse("(OR (FROM a) ".repeat(900) + "(FROM a)" + ")".repeat(900));
        assertThat(bracketed.alternatives()).hasSize(901);
        SearchKey.Or leftHeavy =
                (SearchKey.Or) SearchKeyParser.parse("OR ".repeat(1_000) + "SEEN" + " SEEN".repeat(1_000));
        assertThat(leftHeavy.alternatives()).hasSize(1_001);
    }

    @Test
    void orsThatAlternateWithOtherKeysAreNesting() {
        assertRefused("OR SEEN NOT ".repeat(60) + "SEEN", "search keys nested more than 100 deep");
    }

    @Test
    void longStringsAreRefused() throws Exception {
        String longest = "a".repeat(8 * 1024);
        assertThat(SearchKeyParser.parse("TEXT " + longest)).isEqualTo(new MailKey.Text(longest));
        assertThat(SearchKeyParser.parse("TEXT {8192}\r\n" + longest)).isEqualTo(new MailKey.Text(longest));
        assertRefused("TEXT a" + longest, "a string is longer than 8192 octets");
        assertRefused("TEXT \"a" + longest + '"', "a string is longer than 8192 octets");
        assertRefused(longest + "a", "a name is longer than 8192 octets");
    }

    @Test
    void aLiteralThatIsTooLongIsRefusedBeforeTheClientSendsIt() {
        assertRefused("TEXT {8193}\r\n", "a string is longer than 8192 octets");
        assertRefused("TEXT {9999999999}\r\n", "a string is longer than 8192 octets");
        assertRefused("TEXT {99999999999999999999}\r\n", "a literal begins with its length");
    }

    @Test
    void theWholeHasABoundThatLongSetsPass() throws Exception {
        StoreKey.Uid uids = (StoreKey.Uid) SearchKeyParser.parse("UID " + "1234567,".repeat(100_000) + "1");
        assertThat(uids.set().ranges()).hasSize(100_001);
        assertRefused("UID " + "1,".repeat(1_000_000) + "1", "the search keys are longer than 1048576 octets");
        assertRefused(" ".repeat(2_000_000), "the search keys are longer than 1048576 octets");
        String literal = "TEXT {8000}\r\n" + "a".repeat(8_000) + " ";
        assertRefused(literal.repeat(1_000), "the search keys are longer than 1048576 octets");
    }

    @Test
    void theLimitsAreConfigurable() throws Exception {
        SearchKeyParser strict = new SearchKeyParser(new SearchLimits(1, 3, 4, 30));
        assertThat(strict.parseCondition("NOT TEXT abcd")).isEqualTo(new SearchKey.Not(new MailKey.Text("abcd")));
        assertThatThrownBy(() -> strict.parseCondition("NOT NOT SEEN")).hasMessageContaining("more than 1 deep");
        assertThatThrownBy(() -> strict.parseCondition("TEXT abcde")).hasMessageContaining("longer than 4 octets");
        assertThatThrownBy(() -> strict.parseCondition("1 2 3 4")).hasMessageContaining("more than 3 search keys");
        assertThatThrownBy(() -> new SearchLimits(1, 0, 4, 30)).hasMessageContaining("keys is at least 1, not 0");
    }

    @Test
    void theLargestKeysFitASmallStack() throws Exception {
        List<SearchKey> largest = List.of(
                SearchKeyParser.parse("OR SEEN ".repeat(1_999) + "SEEN"),
                SearchKeyParser.parse("OR ".repeat(1_999) + "SEEN" + " SEEN".repeat(1_999)),
                SearchKeyParser.parse("NOT (ALL ".repeat(50) + "SEEN" + ")".repeat(50)));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread small = new Thread(null, () -> walk(largest), "small stack", 512 * 1024);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        small.start();
        small.join();
        assertThat(failure.get()).isNull();
    }

    private static void walk(List<SearchKey> keys) {
        for (SearchKey key : keys) {
            try {
                SearchKey again = SearchKeyParser.parse(SearchKeyPrinter.print(key));
                if (!again.equals(key)
                        || again.hashCode() != key.hashCode()
                        || again.toString().isEmpty()) {
                    throw new AssertionError("not equal");
                }
            } catch (SearchSyntaxException e) {
                throw new AssertionError(e);
            }
            SessionKeys.resolve(key, new FixedSession(List.of(1L, 2L)));
        }
    }

    @Test
    void noOctetsCrashTheParser() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        RandomSearchKeys keys = RandomSearchKeys.ofAllKinds(random);
        List<Throwable> others = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = SearchKeyPrinter.print(keys.next(3)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                octets[random.nextInt(octets.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "() \"{}\\\r\n0*:,$".charAt(random.nextInt(14));
            }
            try {
                new SearchKeyParser(SearchLimits.DEFAULT).parse(new InlineInput(octets));
            } catch (SearchSyntaxException | java.io.EOFException expected) {
                // The only ways to refuse.
            } catch (RuntimeException | Error other) {
                others.add(other);
            }
        }
        assertThat(others).as("seed %d", seed).isEmpty();
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> SearchKeyParser.parse(text))
                .isInstanceOf(SearchSyntaxException.class)
                .hasMessageStartingWith(reason);
    }
}
