/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What James answers in several threads comes in one piece, and before what is answered next. */
@ExtendWith(MemoryJames.class)
class PipelinedFetchTest {
    private static final int ROUNDS = 20;
    private static final int PAIRS = 25;

    @Test
    void literalsShouldStandInTheirResponses(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        for (int round = 0; round < ROUNDS; round++) {
            try (ImapClient client = james.select(user)) {
                if (round == 0) {
                    client.appendMessages(1);
                }
                client.ok("NOOP");
                StringBuilder stream = new StringBuilder();
                for (int i = 0; i < PAIRS; i++) {
                    stream.append("S" + i + " STORE 1 -FLAGS.SILENT (\\Seen)\r\n");
                    stream.append("F" + i + " FETCH 1 (BODY[TEXT])\r\n");
                }
                client.send(stream.toString());
                for (int i = 0; i < PAIRS; i++) {
                    List<String> lines = new ArrayList<>();
                    do {
                        lines.add(client.line());
                    } while (!lines.get(lines.size() - 1).startsWith("F"));
                    assertThat(lines)
                            .as("round %d, pair %d", round, i)
                            .hasSize(5)
                            .element(1)
                            .asString()
                            .matches("\\* 1 FETCH \\(FLAGS \\((\\\\Recent )?\\\\Seen\\) BODY\\[TEXT\\] \\{8\\}");
                    lines.remove(1);
                    assertThat(lines)
                            .as("round %d", round)
                            .containsExactly(
                                    "S" + i + " OK STORE completed.", "body 1", ")", "F" + i + " OK FETCH completed.");
                }
            }
        }
    }
}
