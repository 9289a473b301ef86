/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.search.query.SearchKeyPrinter.print;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.testing.RandomRun;

class SearchKeyPrinterTest {
    private static final SearchKey SEEN = new MailKey.FlagSet(SystemFlag.SEEN);

    @Test
    void aTopLevelListIsPrintedWithoutBracketsAndAnInnerOneWithThem() {
        SearchKey inner = new SearchKey.And(List.of(SEEN, new SearchKey.All()));
        assertThat(print(new SearchKey.And(List.of(new SearchKey.Not(inner), SEEN))))
                .isEqualTo("NOT (SEEN ALL) SEEN");
    }

    @Test
    void stringsAreQuotedAndThoseWithLineEndsAreLiterals() {
        assertThat(print(new MailKey.Subject("a \"b\" \\ é"))).isEqualTo("SUBJECT \"a \\\"b\\\" \\\\ é\"");
        assertThat(print(new MailKey.Subject("é\r\n"))).isEqualTo("SUBJECT {4}\r\né\r\n");
    }

    @Test
    void whatMatchesEverythingOrNothingIsPrintedAsSuch() {
        assertThat(print(new SearchKey.And(List.of()))).isEqualTo("ALL");
        assertThat(print(new SearchKey.And(List.of(SEEN)))).isEqualTo("SEEN");
        assertThat(print(new SearchKey.Not(new SearchKey.And(List.of())))).isEqualTo("NOT ALL");
        assertThat(print(new StoreKey.Uid(NumberSet.of()))).isEqualTo("NOT ALL");
    }

    @Test
    void everyKeyIsReadBackAsItself() throws Exception {
        long seed = RandomRun.seed();
        RandomSearchKeys keys = RandomSearchKeys.ofAllKinds(new Random(seed));
        Set<Class<?>> met = new HashSet<>();
        for (int i = 0; i < RandomRun.rounds(6_000, 60_000); i++) {
            SearchKey leaf = keys.leaf();
            met.add(leaf.getClass());
            assertReadBack(leaf, seed);
            SearchKey key = keys.next(1 + i % 6);
            met.add(key.getClass());
            assertReadBack(key, seed);
        }
        assertThat(met).isEqualTo(kinds(SearchKey.class).collect(Collectors.toSet()));
    }

    private static void assertReadBack(SearchKey key, long seed) throws Exception {
        String printed = print(key);
        assertThat(SearchKeyParser.parse(printed))
                .as("seed %d: %s", seed, printed)
                .isEqualTo(key);
        SearchProgram program = new SearchKeyParser(SearchLimits.DEFAULT).parse(new InlineInput(printed));
        assertThat(program).as("seed %d: %s", seed, printed).isEqualTo(new SearchProgram(Optional.empty(), key));
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SearchKeyPrinterTest::kinds)
                : Stream.of(type);
    }
}
