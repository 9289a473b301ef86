/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchKeyTreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEEN",
                "NOT SEEN",
                "FUZZY SEEN",
                "(ALL SEEN)",
                "OR SEEN ALL",
                "OR ALL SEEN",
                "OR ALL OR ALL FUZZY (ALL NOT SEEN)"
            })
    void aKeyIsFoundAndReplacedWhereverItStands(String keys) throws SearchSyntaxException {
        SearchKey key = SearchKeyParser.parse(keys);
        MailKey.FlagSet seen = new MailKey.FlagSet(MailKey.SystemFlag.SEEN);

        assertThat(SearchKeyTree.any(key, seen::equals)).isTrue();
        assertThat(SearchKeyTree.any(key, MailKey.Text.class::isInstance)).isFalse();
        assertThat(SearchKeyTree.replace(key, leaf -> leaf.equals(seen) ? new MailKey.Subject("x") : leaf))
                .isEqualTo(SearchKeyParser.parse(keys.replace("SEEN", "SUBJECT x")));
    }

    @Test
    void deepKeysAreLookedThrough() {
        SearchKey deep = IntStream.range(0, 1_000_000)
                .boxed()
                .reduce((SearchKey) new SearchKey.All(), (key, i) -> new SearchKey.Not(key), (one, other) -> one);

        assertThat(SearchKeyTree.any(deep, SearchKey.All.class::isInstance)).isTrue();
        assertThat(SearchKeyTree.any(deep, MailKey.Text.class::isInstance)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT a TEXT a, TEXT a",
        "NOT TEXT a SEEN NOT TEXT a, NOT TEXT a SEEN",
        "OR SEEN OR TEXT a OR SEEN TEXT a, OR SEEN TEXT a",
        "OR SEEN SEEN, SEEN",
        "NOT (TEXT a TEXT A), NOT (TEXT a TEXT A)",
        "FUZZY (SEEN SEEN) FUZZY SEEN, FUZZY SEEN"
    })
    void operandsThatStandThereTwiceAreAskedOnce(String keys, String once) throws SearchSyntaxException {
        assertThat(SearchKeyTree.distinct(SearchKeyParser.parse(keys))).isEqualTo(SearchKeyParser.parse(once));
    }

    @Test
    void kindsAreCountedWithoutWhatIsAskedFor() throws SearchSyntaxException {
        assertThat(SearchKeyTree.kinds(SearchKeyParser.parse("NOT TEXT secret OR TEXT word HEADER X-Secret word")))
                .hasToString("{AND=1, HEADER=1, NOT=1, OR=1, TEXT=2}");
    }
}
