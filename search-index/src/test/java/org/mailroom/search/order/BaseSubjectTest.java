/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5256 sections 2.1 and 5. */
class BaseSubjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "hello|hello|false",
                "Re: hello|hello|true",
                "RE:hello|hello|true",
                "re : hello|hello|true",
                "Fw: hello|hello|true",
                "FWD: hello|hello|true",
                "Re: Fwd: re: hello|hello|true",
                "Re[4]: hello|hello|true",
                "Re [4] : hello|hello|true",
                "[list] Re: hello|hello|true",
                "Re: [list] Re: [more] hello|hello|true",
                "[list] [more] hello|hello|false",
                "[list]hello|hello|false",
                "[list]|[list]|false",
                "[list] [more]|[more]|false",
                "Re: [list]|[list]|true",
                "[list] Re:|''|true",
                "hello (fwd)|hello|true",
                "hello(FWD) (fwd) |hello|true",
                "(fwd)|''|true",
                "[Fwd: hello]|hello|true",
                "[fwd: [fwd: hello]]|hello|true",
                "[fwd: Re: [list] hello (fwd)]|hello|true",
                "Re: [Fwd: hello] |hello|true",
                "[fwd:]|''|true",
                "[Fwd: hello] more|more|false",
                "[list] [fwd: hello]|hello|true",
                "  a  \t b \t|a b|false",
                "Re: |''|true",
                "''|''|false",
                "Reply: hello|Reply: hello|false",
                "Re hello|Re hello|false",
                "Re[4] hello|Re[4] hello|false",
                "Re[4][5]: hello|Re[4][5]: hello|false",
                "[a [b] hello|[a [b] hello|false",
                "[a]] hello|] hello|false",
                "AW: hello|AW: hello|false",
                "hello (was: Re: x)|hello (was: Re: x)|false",
                "\uff32\uff45: hello|\uff32\uff45: hello|false",
                "[\u00fc\u65e5] hello|hello|false",
            })
    void takesAwayWhatRepliesForwardsAndListsAdd(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "]", "[x]", "[x] ", "re:", "re[x]", "re [", "[fwd:", "(fwd)", "(fwd) ", " ", "[x]re", "re:[x]"
            })
    void takesLittleTimeWhateverIsRepeated(String piece) {
        String hostile = piece.repeat(200_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            BaseSubject.of(hostile);
            BaseSubject.of("[fwd:".repeat(100_000) + hostile + "]".repeat(100_000));
        });
    }
}
