/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.mail.Flags;
import org.junit.jupiter.api.Test;

class SampleMailTest {
    private final List<SourceMessage> messages;

    SampleMailTest() throws IOException {
        messages = SampleMail.load().messages("").toList();
    }

    @Test
    void sampleShouldHaveItsBytes() {
        // line ends are the first thing that version control or an editor changes
        long bare = messages.stream()
                .map(message -> new String(message.content(), StandardCharsets.ISO_8859_1))
                .filter(text -> !text.contains("\r\n"))
                .count();
        assertThat(messages).hasSize(202);
        assertThat(bare)
                .as("messages without CRLF: the one that is so on purpose")
                .isEqualTo(1);
    }

    @Test
    void sampleShouldBeInManyCharsets() {
        Pattern charset = Pattern.compile("charset=\"?([\\w-]+)", Pattern.CASE_INSENSITIVE);
        TreeSet<String> charsets = messages.stream()
                .map(message -> new String(message.content(), StandardCharsets.ISO_8859_1))
                .flatMap(text -> charset.matcher(text).results().map(MatchResult::group))
                .map(name -> name.replaceFirst("(?i)charset=\"?", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(charsets)
                .hasSizeGreaterThan(30)
                .contains(
                        "utf-8",
                        "koi8-r",
                        "gb18030",
                        "big5",
                        "shift_jis",
                        "iso-2022-jp",
                        "euc-kr",
                        "windows-1256",
                        "utf-7");
    }

    @Test
    void sampleShouldHaveFlagsAndKeywordsToSearchFor() {
        assertThat(messages).anyMatch(message -> message.flags().contains(Flags.Flag.SEEN));
        assertThat(messages).anyMatch(message -> !message.flags().contains(Flags.Flag.SEEN));
        assertThat(messages).anyMatch(message -> message.flags().contains("$List"));
    }
}
