/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.harness.Webadmin.Answer;
import org.mailroom.server.trial.Trial;

/** Folder rules on stored mail: every occasion and every refusal, through IMAP, SMTP and webadmin. A word of its own for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredMailRulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CHANGES_TIMED = 30;

    private JamesProcess james;
    private Webadmin webadmin;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        try (InputStream rules = StoredMailRulesIT.class.getResourceAsStream("stored-mail-rules.xml")) {
            configure(directory, new String(rules.readAllBytes(), StandardCharsets.UTF_8));
        }
        james = JamesProcess.in(directory).start();
        webadmin = new Webadmin(james.ports().webadmin());
        for (String user : List.of(Trial.ALICE, Trial.BOB)) {
            try (ImapConnection imap = james.imap(user)) {
                for (String folder : List.of("A", "B", "Trash", "Junk", "Drafts")) {
                    imap.command("CREATE " + folder);
                    imap.command("STATUS " + folder + " (MESSAGES)").orFail();
                }
            }
        }
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private static void configure(Path directory, String rules) throws IOException {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("folder-rules.xml"), rules);
    }

    private static byte[] message(String subject) {
        return ("From: sender@example.org\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <"
                        + subject.replace(' ', '.') + "@example.org>\r\nSubject: " + subject + "\r\n\r\nA song.\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void append(String user, String folder, String subject) throws IOException {
        try (ImapConnection imap = james.imap(user)) {
            imap.append(folder, message(subject), "").orFail();
        }
    }

    /** A client's command on the messages of a subject; {@code #} stands for their uids. */
    private void onMessages(String folder, String subject, String command) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE).select(folder)) {
            List<Long> uids = imap.uidSearch("SUBJECT \"" + subject + "\"");
            assertThat(uids).isNotEmpty();
            imap.command(command.replace(
                            "#",
                            String.join(",", uids.stream().map(String::valueOf).toList())))
                    .orFail();
        }
    }

    private String shown(String user, String subject) throws Exception {
        return MailShown.of(james, user, subject).toString();
    }

    private void assertSoon(String subject, String expected) {
        Awaitility.await(subject).atMost(PATIENCE).untilAsserted(() -> assertThat(shown(Trial.ALICE, subject))
                .isEqualTo(expected));
    }

    private JsonNode plan(String rule) throws IOException {
        Answer plan = webadmin.post("/folderRules/plans", "{\"rules\": [\"" + rule + "\"]}");
        assertThat(plan.status()).isEqualTo(201);
        return plan.json();
    }

    private JsonNode carriedOut(String run, Answer task) throws IOException {
        assertThat(task.status()).as(task.json().toString()).isEqualTo(201);
        Awaitility.await("run " + run).atMost(PATIENCE).until(() -> !webadmin.get("/tasks/" + task.text("taskId"))
                .text("status")
                .matches("waiting|inProgress"));
        return webadmin.get("/folderRules/runs/" + run).json();
    }

    private JsonNode applied(JsonNode plan) throws IOException {
        String id = plan.get("id").asText();
        return carriedOut(id, webadmin.post("/folderRules/plans/" + id + "?action=apply", ""));
    }

    private static List<String> actions(Answer why) {
        assertThat(why.status()).as(why.json().toString()).isEqualTo(200);
        return why.json().findValuesAsText("action");
    }

    @Test
    void whatAClientAppendsShouldBeFiled() throws Exception {
        append(Trial.ALICE, "INBOX", "The numbat at dawn");

        assertSoon("The numbat at dawn", "{A=[seen]}");
    }

    /** Prints how long after the change: the machine may be busy, so no time is asserted. */
    @Test
    void howSoonAfterAChangeRulesActShouldBeKnown() throws Exception {
        List<Double> millis = new ArrayList<>();
        try (ImapConnection imap = james.imap(Trial.ALICE).select("A")) {
            for (int i = 0; i < CHANGES_TIMED; i++) {
                String subject = "The numbat timed " + i + " times";
                append(Trial.ALICE, "INBOX", subject);
                long start = System.nanoTime();
                Awaitility.await(subject)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() ->
                                imap.uidSearch("SUBJECT \"" + subject + "\"").size() == 1);
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        millis.sort(null);
        System.out.printf(
                Locale.ROOT,
                "a rule on append has filed the message %.0f ms after the APPEND, at most %.0f ms (median and highest of %d)%n",
                millis.get(CHANGES_TIMED / 2),
                millis.get(CHANGES_TIMED - 1),
                CHANGES_TIMED);
    }

    @Test
    void whatAClientCopiesOrMovesShouldBeTakenAsMovedAndWhatItAppendsAsAppended() throws Exception {
        append(Trial.ALICE, "INBOX", "A dugong copied");
        append(Trial.ALICE, "INBOX", "A dugong moved");
        for (int i = 0; i < 3; i++) {
            append(Trial.ALICE, "INBOX", "Many dugong " + i);
        }

        onMessages("INBOX", "A dugong copied", "UID COPY # A");
        onMessages("INBOX", "A dugong moved", "UID MOVE # A");
        append(Trial.ALICE, "A", "A dugong stored");
        onMessages("INBOX", "Many dugong", "UID MOVE # A");

        assertSoon("A dugong copied", "{A=[Moved], INBOX=[]}");
        assertSoon("A dugong moved", "{A=[Moved]}");
        assertSoon("A dugong stored", "{A=[Stored]}");
        assertSoon("Many dugong", "{A=[Moved] and [Moved] and [Moved]}");
    }

    @Test
    void aFlagThatAClientSetsShouldBeAnOccasion() throws Exception {
        append(Trial.ALICE, "INBOX", "The echidna digs");
        onMessages("INBOX", "The echidna digs", "UID STORE # +FLAGS (Done)");

        assertSoon("The echidna digs", "{Archive.Done=[Done, seen]}");
    }

    @Test
    void whatRulesChangeShouldBeNoOccasionForRules() throws Exception {
        append(Trial.ALICE, "INBOX", "One galah");
        assertSoon("One galah", "{B=[One]}");
        append(Trial.ALICE, "B", "Another galah");
        onMessages("B", "Another galah", "UID STORE # +FLAGS (Other)");

        assertSoon("Another galah", "{B=[Other, Two]}");
        assertThat(shown(Trial.ALICE, "One galah")).isEqualTo("{B=[One]}");
    }

    @Test
    void mailThatArrivesShouldBeAnsweredFor() throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject("An emu runs");
        message.setText("A song.");
        message.saveChanges();
        james.send(message, Trial.ALICE);
        assertSoon("An emu runs", "{A=[Hers]}");

        String id = URLEncoder.encode(message.getMessageID(), StandardCharsets.UTF_8);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        actions(webadmin.get("/folderRules/why?messageId=" + id)))
                .hasSize(1));
        try (ImapConnection imap = james.imap(Trial.ALICE).select("A")) {
            long uid = imap.uidSearch("SUBJECT \"An emu runs\"").get(0);
            Answer why = webadmin.get("/folderRules/why?user=" + Trial.ALICE + "&mailbox=A&uid=" + uid);
            assertThat(actions(why)).hasSize(1);
            assertThat(why.json().get(0).get("rules").has("arriving")).isTrue();
        }
    }

    @Test
    void whatIsAskedForShouldBePlannedAppliedExplainedAndUndone() throws Exception {
        append(Trial.ALICE, "INBOX", "The wombat sleeps");
        JsonNode plan = plan("asked for");
        assertThat(plan.get("messages").asInt()).isEqualTo(1);
        assertThat(plan.toString()).contains("The wombat sleeps");
        assertThat(shown(Trial.ALICE, "The wombat sleeps")).isEqualTo("{INBOX=[]}");

        JsonNode run = applied(plan);
        assertThat(run.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(shown(Trial.ALICE, "The wombat sleeps")).isEqualTo("{New.Place=[Filed]}");
        assertThat(actions(webadmin.get("/folderRules/why?user=" + Trial.ALICE + "&mailbox=New.Place&uid=1")))
                .containsExactly("flags added: Filed", "moved into New.Place");

        String id = plan.get("id").asText();
        assertThat(webadmin.post("/folderRules/plans/" + id + "?action=apply", "")
                        .status())
                .isEqualTo(409);
        carriedOut(id + "-undo1", webadmin.post("/folderRules/runs/" + id + "?action=undo", ""));
        assertThat(shown(Trial.ALICE, "The wombat sleeps")).isEqualTo("{INBOX=[]}");
    }

    @Test
    void aMissingFolderShouldLeaveTheMessageAndBeSaid() throws Exception {
        append(Trial.ALICE, "INBOX", "A bilby hops");
        assertSoon("A bilby hops", "{INBOX=[x]}");

        assertThat(plan("nowhere").get("refusals").toString()).contains("the folder Missing is missing");
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            assertThat(imap.command("STATUS Missing (MESSAGES)").ok()).isFalse();
        }
    }

    @Test
    void trashJunkAndDraftsShouldBeTouchedOnlyWhereTheyAreNamed() throws Exception {
        for (String folder : List.of("Trash", "Junk", "Drafts", "A")) {
            append(Trial.ALICE, folder, "A taipan");
        }
        assertSoon("A taipan", "{A=[Touched], Drafts=[], Junk=[], Trash=[]}");

        assertThat(plan("everywhere").get("messages").asInt()).isEqualTo(1);
        applied(plan("named"));
        assertThat(shown(Trial.ALICE, "A taipan"))
                .isEqualTo("{A=[Touched], Drafts=[Named], Junk=[Named], Trash=[Named]}");
    }

    @Test
    void aRunShouldStopWhereAUserIsOverQuota() throws Exception {
        for (int i = 0; i < 3; i++) {
            append(Trial.BOB, "INBOX", "A dingo howls");
        }
        String quota = "/quota/users/" + Trial.BOB + "/count";
        assertThat(webadmin.put(quota, "1").status()).isEqualTo(204);
        try {
            JsonNode run = applied(plan("copies"));

            assertThat(run.get("state").asText()).isEqualTo("STOPPED");
            assertThat(run.get("reason").asText()).contains(Trial.BOB + " is over quota");
            assertThat(run.get("counts").get("refused").asInt()).isEqualTo(3);
            assertThat(shown(Trial.BOB, "A dingo howls")).isEqualTo("{INBOX=[] and [] and []}");
        } finally {
            webadmin.delete(quota);
        }
        assertThat(applied(plan("copies")).get("state").asText()).isEqualTo("COMPLETED");
        assertThat(shown(Trial.BOB, "A dingo howls"))
                .isEqualTo("{A=[Copied] and [Copied] and [Copied], INBOX=[Copied] and [Copied] and [Copied]}");
    }

    /** The run of events is one that a kill leaves without an end; a schedule is one whose time came meanwhile. */
    @Test
    void whatWasUnderWayAndWhatWasMissedShouldBeSeenToAtTheNextStart() throws Exception {
        append(Trial.ALICE, "INBOX", "A numbat before the end");
        assertSoon("A numbat before the end", "{A=[seen]}");
        append(Trial.ALICE, "INBOX", "A quokka in between");
        append(Trial.ALICE, "INBOX", "A quokka to keep");
        onMessages("INBOX", "A quokka to keep", "UID STORE # +FLAGS (\\Flagged)");
        Path state = james.directory().resolve("var/mailroom/rules/schedule/schedule.state");
        Awaitility.await("the schedule is known").atMost(PATIENCE).until(() -> Files.exists(state));
        james.kill();
        Files.writeString(
                state, Files.readString(state).replaceAll("(?m)^\\S+ nightly\t", "2020-01-01T00:00:00Z nightly\t"));
        james.start();

        assertSoon("A quokka in between", "{Trash=[]}");
        assertThat(shown(Trial.ALICE, "A quokka to keep")).isEqualTo("{INBOX=[flagged]}");
        Awaitility.await("runs have ended")
                .atMost(PATIENCE)
                .until(() -> webadmin.get("/folderRules/runs").json().findValuesAsText("state").stream()
                        .allMatch(ended -> ended.matches("COMPLETED|STOPPED")));
        assertThat(webadmin.get("/folderRules/runs").json().findValuesAsText("of"))
                .contains("events");

        append(Trial.ALICE, "INBOX", "A numbat after it");
        assertSoon("A numbat after it", "{A=[seen]}");
    }

    /** As curl sends what nobody told it to call otherwise. */
    @Test
    void aPlanAskedForInAFormShouldBeRefused() throws Exception {
        Answer answer = webadmin.post(
                "/folderRules/plans", "application/x-www-form-urlencoded", "{\"rules\": [\"no such rule\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("Content-Type: application/json");
    }

    @Test
    void rulesShouldBeCheckedBeforeTheyAreInForce() throws Exception {
        append(Trial.ALICE, "B", "A cassowary");
        Answer right = webadmin.post(
                "/folderRules/check?days=1&user=" + Trial.ALICE,
                "<folder-rules><rule name='found' on='delivery'><when>SUBJECT cassowary</when>"
                        + "<actions><fileInto>Gone</fileInto></actions></rule>"
                        + "<rule name='never' on='delivery'><when>SUBJECT unicorn</when>"
                        + "<actions><keep/></actions></rule></folder-rules>");
        assertThat(right.status()).as(right.json().toString()).isEqualTo(200);
        assertThat(right.json().get("neverMatch").toString()).isEqualTo("[\"never\"]");
        assertThat(right.json().get("missingTargets").toString()).contains("Gone");

        Answer sending = webadmin.post(
                "/folderRules/check",
                "<folder-rules><rule name='out' on='demand'><when>ALL</when>"
                        + "<actions><toProcessor>relay</toProcessor></actions></rule></folder-rules>");
        assertThat(sending.status()).isEqualTo(400);
        assertThat(sending.json().toString()).contains("'out'").contains("toProcessor");
    }

    @Test
    void loopsShouldStopTheStart(@TempDir Path directory) throws Exception {
        configure(
                directory,
                "<folder-rules>\n<rule name='there' on='append'><when>ALL</when>"
                        + "<actions><fileInto>X</fileInto></actions></rule>\n"
                        + "<rule name='back' on='move'><folder>X</folder><when>ALL</when>"
                        + "<actions><fileInto>INBOX</fileInto></actions></rule>\n</folder-rules>\n");

        assertThatThrownBy(() -> JamesProcess.in(directory).memory().start())
                .hasMessageContaining("folder-rules.xml, line 2, rule 'there'")
                .hasMessageContaining("loop");
    }

    @Test
    void nobodyElseMayReadIndexesAndJournals() throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE).select("INBOX")) {
            imap.uidSearch("TEXT word");
        }
        Path var = james.directory().resolve("var");
        assertThat(var.resolve("search-index")).isNotEmptyDirectory();
        assertThat(var.resolve("mailroom").resolve("rules")).isNotEmptyDirectory();
        // others cannot look into var either; what is in it is as private where the administrator chooses another place
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(var)))
                .isEqualTo("rwx------");
        for (Path top :
                List.of(var.resolve("search-index"), var.resolve("mailroom").resolve("rules"))) {
            try (Stream<Path> all = Files.walk(top)) {
                assertThat(all.filter(path -> {
                            try {
                                return Files.getPosixFilePermissions(path).stream()
                                        .anyMatch(
                                                permission -> !permission.name().startsWith("OWNER_"));
                            } catch (NoSuchFileException e) {
                                return false; // James goes on, and files come and go
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }))
                        .isEmpty();
            }
        }
    }
}
