/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** One user who asks for as much as a user can neither keeps others from their answers nor the server's threads busy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairSearchIT {
    private static final int ATTACKERS = 16;
    private static final int MESSAGES = 40;
    private static final int WORDS = 10_000;
    private static final int STRINGS = 800;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** James itself warns of connections that are reset. */
    private static final Pattern COMPLAINT = Pattern.compile(" ERROR | WARN .*(mailroom|\\bo\\.m\\.|reactor)");

    /** For each string of two letters the whole dictionary is looked through; as no message lacks any, none decides. */
    private static final byte[] HOSTILE = ("UID SEARCH "
                    + IntStream.range(0, STRINGS)
                            .mapToObj(i -> "NOT FUZZY TEXT " + LETTERS.charAt(i / LETTERS.length())
                                    + LETTERS.charAt(i % LETTERS.length()))
                            .collect(Collectors.joining(" OR ", "OR ", " SEEN")))
            .getBytes(StandardCharsets.US_ASCII);

    private static final String SETTINGS =
            """
            <search-index>
              <search-threads-per-user>1</search-threads-per-user>
              <search-limits><deadline>3s</deadline></search-limits>
              <progress-interval>1s</progress-interval>
            </search-index>
            """;

    private JamesProcess james;
    private Webadmin webadmin;
    private final List<ImapConnection> connections = new ArrayList<>();

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("search-index.xml"), SETTINGS);
        james = JamesProcess.in(directory).memory().start();
        webadmin = new Webadmin(james.ports().webadmin());
        Random random = new Random(4);
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            for (int i = 0; i < MESSAGES; i++) {
                imap.append("INBOX", words(random), "").orFail();
            }
            assertThat(imap.select("INBOX").uidSearch("SUBJECT dictionary")).hasSize(MESSAGES);
        }
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.append(
                            "INBOX",
                            "Subject: quiet numbat\r\n\r\nIn the bush.\r\n".getBytes(StandardCharsets.US_ASCII),
                            "")
                    .orFail();
        }
    }

    private static byte[] words(Random random) {
        StringBuilder mail = new StringBuilder("Subject: dictionary\r\n\r\n");
        for (int i = 0; i < WORDS; i++) {
            mail.append(Long.toString(random.nextLong() >>> 20, 36)).append(i % 8 == 7 ? "\r\n" : " ");
        }
        return mail.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @AfterEach
    void leave() throws IOException {
        for (ImapConnection connection : connections) {
            connection.close();
        }
        connections.clear();
        Awaitility.await("nothing runs").atMost(PATIENCE).until(() -> searches().isEmpty());
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private ImapConnection connect() throws IOException {
        ImapConnection connection = james.imap(Trial.BOB);
        connections.add(connection);
        return connection.select("INBOX");
    }

    private List<JsonNode> searches() throws IOException {
        List<JsonNode> searches = new ArrayList<>();
        webadmin.get("/mailroom/searches").json().forEach(searches::add);
        return searches;
    }

    private long count(String user, String state) throws IOException {
        return searches().stream()
                .filter(search -> search.get("user").asText().equals(user)
                        && search.get("state").asText().equals(state))
                .count();
    }

    @Test
    void aSearchPastItsDeadlineIsAnsweredWithTheLimitAndTheSessionGoesOn() throws Exception {
        ImapConnection imap = connect();
        assertThat(imap.command(HOSTILE).status())
                .startsWith("NO [LIMIT] SEARCH failed: a search may work for 3 s (search-limits deadline)");
        assertThat(imap.uidSearch("SUBJECT dictionary")).hasSize(MESSAGES);
        assertThat(james.logged())
                .containsPattern("INFO .*slow-search .*Search of user bob@.*stopped: a search may work for 3 s.*"
                        + "keys \\{.*FUZZY=\\d+.*TEXT=\\d+\\}");
    }

    @Test
    void anAdministratorCancelsASearch() throws Exception {
        ImapConnection imap = connect();
        String tag = imap.send(HOSTILE);
        Awaitility.await().atMost(PATIENCE).until(() -> count(Trial.BOB, "running") == 1);
        String id = searches().get(0).get("id").asText();
        assertThat(webadmin.delete("/mailroom/searches/" + id).status()).isEqualTo(204);
        assertThat(imap.await(tag).status())
                .startsWith("NO [CONTACTADMIN] SEARCH failed: an administrator has cancelled it");
        assertThat(webadmin.delete("/mailroom/searches/" + id).status()).isEqualTo(404);
    }

    @Test
    void sixteenHostileSessionsLeaveAnotherUserThreadsAndEndWhenTheirClientsLeave() throws Exception {
        for (int i = 0; i < ATTACKERS; i++) {
            connect();
        }
        for (ImapConnection connection : connections) {
            connection.send(HOSTILE);
        }
        // the first of them may have reached their deadline before the last have asked
        Awaitility.await().atMost(PATIENCE).until(() -> count(Trial.BOB, "waiting") > ATTACKERS / 2);
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("INBOX");
            for (int i = 0; i < 10; i++) {
                assertThat(imap.uidSearch("SUBJECT numbat")).containsExactly(1L);
                assertThat(count(Trial.BOB, "running")).isLessThanOrEqualTo(1);
            }
        }
        assertThat(count(Trial.BOB, "waiting"))
                .as("attackers who have not had a turn")
                .isPositive();
        int before = james.logged().length();
        for (ImapConnection connection : connections) {
            connection.close();
        }
        Awaitility.await("the searches of clients that have left end")
                .atMost(PATIENCE)
                .until(() -> searches().isEmpty());
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            assertThat(imap.select("INBOX").uidSearch("SUBJECT dictionary")).hasSize(MESSAGES);
        }
        assertThat(james.logged().substring(before).lines().filter(line -> COMPLAINT
                        .matcher(line)
                        .find()))
                .isEmpty();
    }
}
