/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches for MODSEQ and the modification sequences in their answers (RFC 7162, RFC 4731 section 3.2). */
@ExtendWith(MemoryJames.class)
class SearchByModSeqTest {
    private static final Pattern MODSEQ = Pattern.compile("\\* (\\d+) FETCH \\(.*MODSEQ \\((\\d+)\\).*");

    private ImapClient client;
    private final Map<Integer, Long> modSeqs = new TreeMap<>();

    /** Message 2 of five was changed last, message 4 before it. */
    @BeforeEach
    void messagesChangedInAnotherOrder(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        try (ImapClient other = james.select(user)) {
            other.appendMessages(5);
            other.ok("STORE 4 +FLAGS.SILENT (\\Answered)");
            other.ok("STORE 2 +FLAGS.SILENT (\\Answered)");
            for (String line : other.ok("FETCH 1:* (MODSEQ)").untagged()) {
                Matcher fetched = MODSEQ.matcher(line);
                if (fetched.matches()) {
                    modSeqs.put(Integer.parseInt(fetched.group(1)), Long.parseLong(fetched.group(2)));
                }
            }
        }
        assertThat(modSeqs).hasSize(5);
        client = james.select(user);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void answerShouldHaveTheHighestModSeqOfItsMessages() throws Exception {
        assertThat(client.search("SEARCH MODSEQ 1")).isEqualTo("* SEARCH 1 2 3 4 5 (MODSEQ " + modSeqs.get(2) + ")");
        assertThat(client.search("SEARCH MODSEQ 1 3:5")).isEqualTo("* SEARCH 3 4 5 (MODSEQ " + modSeqs.get(4) + ")");
        assertThat(client.search("UID SEARCH MODSEQ " + modSeqs.get(4)))
                .isEqualTo("* SEARCH 2 4 (MODSEQ " + modSeqs.get(2) + ")");
    }

    @Test
    void modSeqInsideOtherKeysShouldCount() throws Exception {
        assertThat(client.search("SEARCH OR MODSEQ 1 (NOT MODSEQ 1)")).contains("(MODSEQ ");
        assertThat(client.search("SEARCH NOT MODSEQ " + modSeqs.get(2))).startsWith("* SEARCH 1 3 4 5 (MODSEQ ");
    }

    @Test
    void entryNameAndTypeShouldBeTaken() throws Exception {
        assertThat(client.search("SEARCH MODSEQ \"/flags/\\\\draft\" all 1")).contains("(MODSEQ ");
    }

    @Test
    void emptyAnswerShouldHaveNoModSeq() throws Exception {
        assertThat(client.search("SEARCH MODSEQ 1 SUBJECT nowhere")).isEqualTo("* SEARCH");
        assertThat(client.search("SEARCH RETURN (COUNT) MODSEQ 1 SUBJECT nowhere"))
                .endsWith(") COUNT 0");
    }

    @Test
    void answerToASearchWithoutModSeqShouldHaveNone() throws Exception {
        client.ok("ENABLE CONDSTORE");
        assertThat(client.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2 3 4 5");
    }

    @ParameterizedTest
    @CsvSource({
        "MIN, 1",
        "MAX, 5",
        "MIN MAX, 5",
        "MIN COUNT, 2",
        "ALL, 2",
        "COUNT, 2",
        "PARTIAL 3:4, 4",
        "PARTIAL 3:4 COUNT, 2"
    })
    void extendedAnswerShouldHaveTheModSeqOfWhatItNames(String options, int message) throws Exception {
        assertThat(client.search("SEARCH RETURN (" + options + ") MODSEQ 1"))
                .endsWith(" MODSEQ " + modSeqs.get(message));
    }

    @Test
    void searchForModSeqShouldEnableCondstore() throws Exception {
        assertThat(client.ok("SEARCH MODSEQ 1").untagged()).anyMatch(line -> line.startsWith("* OK [HIGHESTMODSEQ "));
        assertThat(client.ok("SEARCH MODSEQ 1").untagged()).noneMatch(line -> line.contains("HIGHESTMODSEQ"));
        assertThat(client.ok("STORE 1 +FLAGS (\\Seen)").untagged()).anyMatch(line -> line.contains("MODSEQ ("));
    }
}
