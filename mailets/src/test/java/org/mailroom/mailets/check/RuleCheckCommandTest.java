/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCheckCommandTest {
    private static final String RULES =
            """
            <folder-rules>
              <rule name="bills" on="demand">
                <when>SUBJECT invoice</when>
                <actions><keep/></actions>
              </rule>
            </folder-rules>
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return RuleCheckCommand.run(
                List.of(arguments),
                Optional.empty(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("rules.xml"), text).toString();
    }

    @Test
    void aRightFileIsSaidToBeRight() throws Exception {
        assertThat(run(file(RULES))).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rules.xml: 1 rule, nothing wrong");
    }

    @Test
    void aWrongFileIsReportedWithLineRuleAndReason() throws Exception {
        assertThat(run(file(RULES.replace("SUBJECT invoice", "SUBJECT")))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("rules.xml, line 3, rule 'bills': <when> is no IMAP search expression");
    }

    @Test
    void aFileThatCannotBeReadOrAWebadminThatIsNoneIsReported() throws Exception {
        assertThat(run(directory.resolve("missing.xml").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("missing.xml");
        assertThat(run("--webadmin", "no address", file(RULES))).isEqualTo(1);
    }

    @Test
    void aCommandThatMakesNoSenseSaysHowToWriteIt() throws Exception {
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("a", "b"),
                List.of("--what", "x", "f"),
                List.of("--days"),
                List.of("--user", "u", "f"))) {
            err.reset();
            assertThat(run(arguments.toArray(String[]::new)))
                    .as("%s", arguments)
                    .isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("Arguments:");
        }
    }
}
