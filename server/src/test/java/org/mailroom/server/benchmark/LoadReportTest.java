/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.ImapReply;

class LoadReportTest {
    @TempDir
    Path directory;

    @Test
    void thePageSaysRatesTailsAndWhatWritesCost() throws Exception {
        LoadReport report = new LoadReport(
                1_000,
                "mvn -Pload",
                List.of(
                        measured("Mailroom", LoadMix.AGAIN, 1, 0, 1_000),
                        measured("Mailroom", LoadMix.AGAIN, 16, 0, 2_000),
                        measured("Mailroom", LoadMix.AGAIN, 16, 10, 1_000),
                        measured("James scanning", LoadMix.NOTHING, 16, 100, 400)));

        report.write(directory);

        assertThat(directory.resolve("load.md"))
                .content()
                .contains("    mvn -Pload")
                .contains("| Mailroom | again | 16 | 1 | 0 % | 200 | 5.0 | 5.0 | 5.0 | 5.0, 5.0 |  |  |  | 10.00 | 0 |")
                // 0.9 of a command takes 4.5 ms, a tenth of a write 2.5 ms
                .contains("| Mailroom | again | 16 | 1 | 10 % | 200 | 40 | 143 | 100 | 50 % | 70 % |");
        assertThat(Files.readAllLines(directory.resolve("load.csv"))).hasSize(1 + 4 * 5);
        assertThat(directory.resolve("load-again-1-rate.svg")).content().contains("<svg", "</svg>");
    }

    @Test
    void whatCameSinceIsNoWrongAnswer() {
        LoadQuestion search = new LoadQuestion("", LoadClient.Command.SEARCH, Optional.of(new long[] {2, 5}));
        LoadQuestion sort = new LoadQuestion("", LoadClient.Command.SORT, Optional.of(new long[] {5, 2}));

        assertThat(search.isAnswered(reply("* SEARCH 5 2 11"), 10)).isTrue();
        assertThat(search.isAnswered(reply("* SEARCH 2"), 10)).isFalse();
        assertThat(search.isAnswered(reply("* SEARCH 2 5 7"), 10)).isFalse();
        assertThat(sort.isAnswered(reply("* SORT 11 5 2"), 10)).isTrue();
        assertThat(sort.isAnswered(reply("* SORT 2 5"), 10)).isFalse();
    }

    private static ImapReply reply(String line) {
        return new ImapReply(List.of(line), "OK");
    }

    /** In ten seconds, each command in five milliseconds, with ten of CPU. */
    private static LoadMeasured measured(String server, LoadMix mix, int connections, int writes, int commands) {
        LoadClient.Counts counts = new LoadClient.Counts();
        LoadClient.Command command = writes == 100 ? LoadClient.Command.APPEND : LoadClient.Command.SEARCH;
        for (int i = 0; i < commands; i++) {
            counts.nanos().get(command).recordValue(5_000_000);
        }
        return new LoadMeasured(server, mix, connections, writes, 1, 10, commands / 100.0, counts);
    }
}
