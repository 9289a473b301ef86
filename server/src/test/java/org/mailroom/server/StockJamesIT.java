/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.install.InstallCommand;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/**
 * A James that nobody here assembled, with a pre-deletion hook, Sieve and JMAP, into which Mailroom is put by its install
 * command and nothing else: what an administrator does and then sees.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StockJamesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JamesProcess james;
    private Webadmin webadmin;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(
                directory.resolve("conf").resolve("folder-rules.xml"),
                """
                <folder-rules user-rules="true">
                  <rule name="Invoices" on="delivery demand">
                    <when>SUBJECT invoice</when>
                    <actions><fileInto create="true">Money</fileInto></actions>
                  </rule>
                  <rule name="Starred" on="flag">
                    <when>FLAGGED</when>
                    <actions><fileInto create="true">Starred</fileInto></actions>
                  </rule>
                  <rule name="Old" on="schedule">
                    <when>SUBJECT "never there"</when>
                    <schedule>0 3 * * *</schedule>
                    <actions><addFlag>Old</addFlag></actions>
                  </rule>
                </folder-rules>
                """);
        james = JamesProcess.in(directory).intoStock().start();
        webadmin = new Webadmin(james.ports().webadmin());
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private static MimeMessage message(String subject, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("bob@example.org");
        message.setSubject(subject);
        message.setText(text);
        message.saveChanges();
        return message;
    }

    private static void append(ImapConnection imap, String subject, String text) throws IOException {
        imap.append(
                        "INBOX",
                        ("From: Bob <bob@example.org>\r\nSubject: " + subject + "\r\n\r\n" + text + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII),
                        "")
                .orFail();
    }

    private void assertShown(String user, String subject, String expected) {
        Awaitility.await(subject + " of " + user).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        MailShown.of(james, user, subject))
                .hasToString(expected));
    }

    @Test
    @Order(1)
    void jamesStartsAndSaysWhatOfMailroomIsInUse() throws IOException {
        Awaitility.await("the report at start").atMost(PATIENCE).untilAsserted(() -> assertThat(james.logged())
                .contains("Mailroom ")
                .contains("SEARCH, SORT and THREAD; index kept up to date by events; health check;")
                .contains("folder rules at delivery; folder rules on append, move and flag;"));
        assertThat(james.logged()).doesNotContain("[ERROR]").doesNotContain("lacks a line");
        // not every product has the hook; the one that is tested in every build does
        Path listeners = james.directory().resolve("conf").resolve("listeners.xml");
        assertThat(james.logged().contains("DeletedMessageVaultHook"))
                .isEqualTo(Files.readString(listeners).contains("DeletedMessageVaultHook"));
    }

    @Test
    @Order(2)
    void clientsSearchSortAndThread() throws Exception {
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.select("INBOX");
            append(imap, "one", "The invoice of the week.");
            append(imap, "two", "Nothing.");
            append(imap, "Re: one", "Your invoices.");

            assertThat(imap.uidSearch("BODY voic")).hasSize(2);
            List<Long> all = imap.uidSearch("ALL");
            assertThat(imap.command("UID SORT (REVERSE SUBJECT) UTF-8 ALL")
                            .orFail()
                            .untagged())
                    .anySatisfy(line ->
                            assertThat(line).contains("SORT " + all.get(1) + " " + all.get(0) + " " + all.get(2)));
            assertThat(imap.command("UID THREAD ORDEREDSUBJECT UTF-8 ALL")
                            .orFail()
                            .untagged())
                    .anySatisfy(line -> assertThat(line)
                            .contains("THREAD (" + all.get(0) + " " + all.get(2) + ")(" + all.get(1) + ")"));

            imap.command("UID STORE " + all.get(1) + " +FLAGS (\\Deleted)").orFail();
            imap.command("EXPUNGE").orFail();
            assertThat(imap.uidSearch("ALL")).containsExactly(all.get(0), all.get(2));
        }
    }

    @Test
    @Order(2)
    void partialIsAnnouncedWhereFetchTakesItToo() throws Exception {
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.select("INBOX");
            boolean announced = imap.command("CAPABILITY").orFail().untagged().stream()
                    .anyMatch(line -> line.matches(".* PARTIAL( .*)?"));

            assertThat(imap.command("UID SEARCH RETURN (PARTIAL 1:1) ALL")
                            .orFail()
                            .untagged())
                    .anySatisfy(line -> assertThat(line).contains("PARTIAL (1:1 "));
            assertThat(imap.command("UID SORT RETURN (PARTIAL 1:1) (DATE) UTF-8 ALL")
                            .orFail()
                            .untagged())
                    .anySatisfy(line -> assertThat(line).contains("PARTIAL (1:1 "));
            assertThat(imap.command("ESEARCH IN (mailboxes INBOX) RETURN (PARTIAL 1:1) ALL")
                            .orFail()
                            .untagged())
                    .anySatisfy(line -> assertThat(line).contains("PARTIAL (1:1 "));
            assertThat(imap.command("UID FETCH 1:* (FLAGS) (PARTIAL 1:1)").ok()).isEqualTo(announced);
        }
    }

    @Test
    @Order(3)
    void rulesActOnMailThatArrives() throws Exception {
        james.send(message("An invoice", "x"), Trial.ALICE);

        assertShown(Trial.ALICE, "An invoice", "{Money=[]}");
    }

    @Test
    @Order(4)
    void rulesAreAppliedToStoredMailAndUndone() throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("INBOX");
            append(imap, "invoice of old", "x");
        }
        assertShown(Trial.ALICE, "invoice of old", "{INBOX=[]}");

        String plan = webadmin.post("/folderRules/plans", "{\"users\":[\"" + Trial.ALICE + "\"]}")
                .text("id");
        awaitTask(webadmin.post("/folderRules/plans/" + plan + "?action=apply", "")
                .text("taskId"));
        assertShown(Trial.ALICE, "invoice of old", "{Money=[]}");

        awaitTask(
                webadmin.post("/folderRules/runs/" + plan + "?action=undo", "").text("taskId"));
        assertShown(Trial.ALICE, "invoice of old", "{INBOX=[]}");
    }

    private void awaitTask(String task) throws IOException {
        Webadmin.Answer answer = webadmin.get("/tasks/" + task + "/await?timeout=60s");
        assertThat(answer.text("status")).as("%s", answer.json()).isEqualTo("completed");
    }

    @Test
    @Order(5)
    void rulesActOnFlagsThatClientsSet() throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("INBOX");
            append(imap, "A star", "x");
            long uid = imap.uidSearch("SUBJECT \"A star\"").get(0);
            imap.command("UID STORE " + uid + " +FLAGS (\\Flagged)").orFail();
        }

        assertShown(Trial.ALICE, "A star", "{Starred=[flagged]}");
    }

    @Test
    @Order(6)
    void usersMakeRulesForThemselves() throws Exception {
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.command("SETMETADATA INBOX (/private/vendor/mailroom/folderrules \"<folder-rules><rule name='mine'"
                            + " on='delivery'><when>SUBJECT emu</when><actions><fileInto create='true'>Birds</fileInto>"
                            + "</actions></rule></folder-rules>\")")
                    .orFail();
        }
        james.send(message("An emu", "x"), Trial.BOB);

        assertShown(Trial.BOB, "An emu", "{Birds=[]}");
    }

    @Test
    @Order(7)
    void quotasHoldForMailThatRulesFile() throws Exception {
        assertThat(webadmin.put("/quota/users/" + Trial.ALICE + "/count", "1000")
                        .status())
                .isEqualTo(204);
        james.send(message("invoice within the quota", "x"), Trial.ALICE);

        assertShown(Trial.ALICE, "invoice within the quota", "{Money=[]}");
        assertThat(webadmin.get("/quota/users/" + Trial.ALICE)
                        .json()
                        .get("occupation")
                        .get("count")
                        .asInt())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    @Order(7)
    void indexesAndMailAreShownToAdministrators() throws Exception {
        assertThat(webadmin.get("/mailroom/indexes").json().get("indexes").findValuesAsText("user"))
                .contains(Trial.ALICE, Trial.BOB);
        awaitTask(webadmin.post("/mailroom/indexes/" + Trial.BOB + "?action=verify", "")
                .text("taskId"));
        Webadmin.Answer found = webadmin.post(
                "/mailroom/search",
                "application/json",
                "{\"user\":\"%s\",\"query\":\"SUBJECT emu\",\"reason\":\"a test\"}".formatted(Trial.BOB));
        assertThat(found.json().get("total").asInt()).isEqualTo(1);
        assertThat(james.logged()).contains("search by").doesNotContain("SUBJECT emu");
    }

    @Test
    @Order(8)
    void jamesStartsAgainAndIsAsItWasWithoutMailroom() throws Exception {
        assertThat(webadmin.get("/healthcheck").text("status")).isEqualTo("healthy");
        james.stop();
        assertThat(james.stoppedCleanly()).isTrue();
        james.start();
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.select("INBOX");
            append(imap, "after the restart", "x");
            assertThat(imap.uidSearch("SUBJECT \"the rest\"")).hasSize(1);
        }
        james.stop();
        assertThat(james.logged()).doesNotContain("[ERROR]");

        List<String> said = new ArrayList<>();
        List<String> arguments = Stream.concat(james.installArguments().stream(), Stream.of("--uninstall"))
                .toList();
        assertThat(InstallCommand.run(arguments, said::add)).as("%s", said).isZero();
        assertThat(james.directory().resolve("extensions-jars")).doesNotExist();
        for (String name : List.of(
                "imapserver.xml",
                "listeners.xml",
                "mailetcontainer.xml",
                "extensions.properties",
                "webadmin.properties",
                "healthcheck.properties",
                "logback.xml")) {
            assertThat(james.directory().resolve("conf").resolve(name))
                    .content()
                    .doesNotContain("org.mailroom");
        }
    }
}
