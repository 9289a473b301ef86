/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twice as many keys in a search, or messages in a thread, make about twice as much work: see {@link Work}. */
class LinearCommandsTest {
    private static final int CHARACTERS = 1_500;

    private static final Consumer<byte[]> SEARCH = CountedWork.of("org.mailroom.search.index.WholeQuery");
    private static final Consumer<byte[]> ORDER = CountedWork.of("org.mailroom.search.index.WholeOrder");

    static Stream<Repeated> searches() {
        return RepeatedKeys.all();
    }

    static Stream<Repeated> threads() {
        return RepeatedMessages.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searches")
    void workGrowsAsTheSearchDoes(Repeated search) {
        CountedWork.assertLinear(SEARCH, search, CHARACTERS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("threads")
    void workGrowsAsTheMessagesDo(Repeated messages) {
        CountedWork.assertLinear(ORDER, messages, 2 * CHARACTERS);
    }
}
