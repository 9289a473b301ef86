/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/** Asserts that work grows as a text does. */
final class CountedWork {
    /** Twice is linear, four times is quadratic; tables that double their size come in between. */
    private static final double MAX_GROWTH = 2.6;

    /** What a few characters more may cost. */
    private static final long SLACK = 100_000;

    private CountedWork() {}

    static void assertLinear(Consumer<byte[]> reader, Repeated text, int characters) {
        long once = of(reader, text.octets(characters));
        long twice = of(reader, text.octets(2 * characters));
        long fourTimes = of(reader, text.octets(4 * characters));
        assertThat(fourTimes - twice)
                .as("work for one, two and four times as much: %d, %d, %d", once, twice, fourTimes)
                .isLessThan((long) (MAX_GROWTH * Math.max(0, twice - once)) + SLACK);
    }

    /** What is found out once in a process must not count for a single size. */
    static long of(Consumer<byte[]> reader, byte[] text) {
        reader.accept(text);
        Work.take();
        reader.accept(text);
        return Work.take();
    }

    @SuppressWarnings("unchecked")
    static Consumer<byte[]> of(String reader) {
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
