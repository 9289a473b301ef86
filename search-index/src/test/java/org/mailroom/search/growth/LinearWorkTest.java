/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a mail, twice as much of it makes twice as much work: work is counted, see {@link Work}. */
class LinearWorkTest {
    private static final int CHARACTERS = 6_000;

    private static final Consumer<byte[]> READ = CountedWork.of("org.mailroom.search.index.WholeMessage");

    static Stream<Repeated> mail() {
        return RepeatedMail.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mail")
    void workGrowsAsTheMailDoes(Repeated mail) {
        CountedWork.assertLinear(READ, mail, CHARACTERS);
    }

    @Test
    void whatIsQuadraticIsSeen() {
        Consumer<byte[]> quadratic = CountedWork.of("org.mailroom.search.index.QuadraticReader");
        long twice = CountedWork.of(quadratic, new byte[2 * CHARACTERS]);
        long fourTimes = CountedWork.of(quadratic, new byte[4 * CHARACTERS]);
        assertThat(fourTimes).isGreaterThan((long) (3.9 * twice));
    }
}
