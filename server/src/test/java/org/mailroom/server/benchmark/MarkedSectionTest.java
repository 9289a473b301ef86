/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkedSectionTest {
    private static final String BEGIN = MarkedSection.BEGIN + "\n";
    private static final String END = MarkedSection.END + "\n";

    @Test
    void replacesTheLinesBetweenTheMarkersAndNothingElse() {
        String text = "# Mail\n\nbefore\n" + BEGIN + "old\n\n| table |\n" + END + "\nafter\n";

        assertThat(MarkedSection.in(text, "README.md").replaced("\nnew\n\n| $1 |\n\n"))
                .isEqualTo("# Mail\n\nbefore\n" + BEGIN + "new\n\n| $1 |\n" + END + "\nafter\n");
    }

    @Test
    void replacingTwiceIsReplacingOnce() {
        String once = MarkedSection.in(BEGIN + END, "README.md").replaced("lines");

        assertThat(MarkedSection.in(once, "README.md").replaced("lines")).isEqualTo(once);
    }

    static Stream<String> incomplete() {
        return Stream.of("no markers", BEGIN, END, END + BEGIN, BEGIN + BEGIN + END, BEGIN + END + END);
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void refusesATextWithoutOnePlaceForThem(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarkedSection.in(text, "README.md"))
                .withMessageContainingAll("README.md", MarkedSection.BEGIN, MarkedSection.END);
    }
}
