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

    /** Twice is linear, four times is quadratic; tables that double their size come in between. */
    private static final double MAX_GROWTH = 2.6;

    /** What a few characters more may cost. */
    private static final long SLACK = 100_000;

    private static final Consumer<byte[]> READ = counted("org.mailroom.search.index.WholeMessage");

    static Stream<RepeatedMail> mail() {
        return RepeatedMail.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mail")
    void workGrowsAsTheMailDoes(RepeatedMail mail) {
        long once = work(READ, mail.octets(CHARACTERS));
        long twice = work(READ, mail.octets(2 * CHARACTERS));
        long fourTimes = work(READ, mail.octets(4 * CHARACTERS));
        assertThat(fourTimes - twice)
                .as("work for one, two and four times as much: %d, %d, %d", once, twice, fourTimes)
                .isLessThan((long) (MAX_GROWTH * Math.max(0, twice - once)) + SLACK);
    }

    @Test
    void whatIsQuadraticIsSeen() {
        Consumer<byte[]> quadratic = counted("org.mailroom.search.index.QuadraticReader");
        long twice = work(quadratic, new byte[2 * CHARACTERS]);
        long fourTimes = work(quadratic, new byte[4 * CHARACTERS]);
        assertThat(fourTimes).isGreaterThan((long) (3.9 * twice));
    }

    /** What is found out once in a process must not count for a single size. */
    private static long work(Consumer<byte[]> reading, byte[] mail) {
        reading.accept(mail);
        Work.take();
        reading.accept(mail);
        return Work.take();
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[]> counted(String reader) {
        try {
            return (Consumer<byte[]>) new CountingLoader()
                    .loadClass(reader)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(reader + " cannot be loaded", e);
        }
    }
}
