/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTreeTest {
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
        SearchKey.FlagSet seen = new SearchKey.FlagSet(SearchKey.SystemFlag.SEEN);

        assertThat(KeyTree.any(key, seen::equals)).isTrue();
        assertThat(KeyTree.any(key, SearchKey.Text.class::isInstance)).isFalse();
        assertThat(KeyTree.replace(key, leaf -> leaf.equals(seen) ? new SearchKey.Subject("x") : leaf))
                .isEqualTo(SearchKeyParser.parse(keys.replace("SEEN", "SUBJECT x")));
    }

    @Test
    void deepKeysAreLookedThrough() {
        SearchKey deep = IntStream.range(0, 1_000_000)
                .boxed()
                .reduce((SearchKey) new SearchKey.All(), (key, i) -> new SearchKey.Not(key), (one, other) -> one);

        assertThat(KeyTree.any(deep, SearchKey.All.class::isInstance)).isTrue();
        assertThat(KeyTree.any(deep, SearchKey.Text.class::isInstance)).isFalse();
    }
}
