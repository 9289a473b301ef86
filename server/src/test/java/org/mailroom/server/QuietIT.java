/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** Where all is well, an administrator's log says so by silence. */
class QuietIT {
    private static final Pattern COMPLAINT = Pattern.compile("(WARN|ERROR) .*(mailroom|\\bo\\.m\\.).*");
    private static final byte[] MESSAGE = "Subject: quiet numbat\r\nFrom: ann@example.org\r\n\r\nIn the bush.\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final String RULES =
            """
            <folder-rules>
              <rule name="numbats" on="demand">
                <when>SUBJECT numbat</when>
                <actions><fileInto create="true">Numbats</fileInto></actions>
              </rule>
            </folder-rules>
            """;
    private static final List<String> COMMANDS = List.of(
            "UID SEARCH TEXT numb",
            "UID SEARCH RETURN (ALL RELEVANCY) FUZZY TEXT numbats",
            "UID SORT (REVERSE DATE SUBJECT) UTF-8 ALL",
            "UID THREAD REFERENCES UTF-8 ALL",
            "ESEARCH IN (personal) RETURN (COUNT) TEXT numb",
            "UID SEARCH RETURN (UPDATE ALL) TEXT numb",
            "UID STORE 1 +FLAGS (Seen1)",
            "NOOP",
            "UID FETCH 1 (FLAGS BODY[TEXT])");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfMailroomsShouldBeComplainedOf(boolean memory) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("james").resolve("conf"));
        Files.writeString(conf.resolve("folder-rules.xml"), RULES);
        JamesProcess.Options options = JamesProcess.in(directory.resolve("james"));
        try (JamesProcess james = (memory ? options.memory() : options).start()) {
            use(james);
            james.stop();
            james.start();
            use(james);
            james.stop();
            assertThat(james.logged()
                            .lines()
                            .filter(line -> COMPLAINT.matcher(line).find()))
                    .isEmpty();
            assertThat(james.logged()).contains("INFO ");
        }
    }

    private static void use(JamesProcess james) throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.append("INBOX", MESSAGE, "").orFail();
            imap.select("INBOX");
            for (String command : COMMANDS) {
                imap.command(command).orFail();
            }
            Webadmin webadmin = new Webadmin(james.ports().webadmin());
            String plan = webadmin.post("/folderRules/plans", "{\"users\":[\"" + Trial.ALICE + "\"]}")
                    .text("id");
            webadmin.post("/folderRules/plans/" + plan + "?action=apply", "");
            Awaitility.await("run " + plan + " ends")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> webadmin.get("/folderRules/runs/" + plan)
                            .text("state")
                            .equals("COMPLETED"));
            assertThat(imap.select("Numbats").uidSearch("SUBJECT quiet")).isNotEmpty();
        }
    }
}
