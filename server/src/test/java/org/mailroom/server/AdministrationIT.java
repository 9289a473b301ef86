/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** What an administrator sees and does, through webadmin of a running server, one thing after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdministrationIT {
    private static final String JSON = "application/json";
    private static final String REASON = "ticket 4711";

    private JamesProcess james;
    private Webadmin webadmin;
    private long invoice;
    private long secret;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        james = JamesProcess.in(directory).memory().start();
        webadmin = new Webadmin(james.ports().webadmin());
        try (ImapConnection alice = james.imap(Trial.ALICE);
                ImapConnection bob = james.imap(Trial.BOB)) {
            alice.select("INBOX");
            append(alice, "Invoice of May", "Please pay the in-\r\nvoice within our office hours.");
            append(alice, "Lunch", "Zanzibar at noon?");
            append(alice, "Code", "The code is Kryptonite9X.");
            invoice = alice.uidSearch("SUBJECT invoice").get(0);
            secret = alice.uidSearch("BODY kryptonite9x").get(0);
            bob.select("INBOX");
            append(bob, "Of Bob", "Bob alone knows Quetzalcoatl.");
            assertThat(bob.uidSearch("BODY quetzal")).hasSize(1);
        }
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private static void append(ImapConnection imap, String subject, String text) throws IOException {
        imap.append(
                        "INBOX",
                        ("From: Bob <bob@example.org>\r\nMessage-ID: <" + subject.replace(' ', '.')
                                        + "@example.org>\r\nSubject: " + subject + "\r\n\r\n" + text + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII),
                        "")
                .orFail();
    }

    private JsonNode task(String path) throws IOException {
        Webadmin.Answer submitted = webadmin.post(path, "");
        assertThat(submitted.status()).as("%s", submitted.json()).isEqualTo(201);
        return webadmin.get("/tasks/" + submitted.text("taskId") + "/await?timeout=60s")
                .json();
    }

    private Webadmin.Answer search(String user, String query) throws IOException {
        return webadmin.post(
                "/mailroom/search",
                JSON,
                "{\"user\":\"%s\",\"query\":\"%s\",\"reason\":\"%s\",\"header\":true}"
                        .formatted(user, query.replace("\"", "\\\""), REASON));
    }

    private JsonNode explain(String user, String message, String query) throws IOException {
        Webadmin.Answer answer = webadmin.post(
                "/mailroom/explain",
                JSON,
                "{\"user\":\"%s\",%s,\"query\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(user, message, query.replace("\"", "\\\""), REASON));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json().get(0);
    }

    @Test
    @Order(1)
    void indexesAreListedAndTheStateOfOneIsShown() throws Exception {
        JsonNode all = webadmin.get("/mailroom/indexes").json();
        assertThat(all.get("indexes").findValuesAsText("user")).contains(Trial.ALICE, Trial.BOB);
        assertThat(all.get("orphans").asInt()).isZero();

        JsonNode state = webadmin.get("/mailroom/indexes/" + Trial.ALICE).json();
        assertThat(state.get("figures").get("messages").asInt()).isEqualTo(3);
        JsonNode inbox = state.get("mailboxes").get(0);
        assertThat(inbox.get("name").asText()).isEqualTo("INBOX");
        assertThat(inbox.get("storedMessages").asInt()).isEqualTo(3);
        assertThat(inbox.get("indexedMessages").asInt()).isEqualTo(3);
        assertThat(inbox.get("lag").get("messages").asInt()).isZero();
        assertThat(inbox.get("incomplete").get("count").asInt()).isZero();

        assertThat(webadmin.get("/mailroom/indexes/nobody@localhost").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void anIndexIsVerifiedAndRebuilt() throws Exception {
        JsonNode verified = task("/mailroom/indexes?action=verify&strings=20");
        assertThat(verified.get("status").asText()).as("%s", verified).isEqualTo("completed");
        JsonNode details = verified.get("additionalInformation");
        assertThat(details.get("users").asInt()).isEqualTo(2);
        assertThat(details.get("messages").asInt()).isEqualTo(4);
        assertThat(details.get("differences").asInt()).isZero();

        JsonNode rebuilt = task("/mailroom/indexes/" + Trial.ALICE + "?action=rebuild&messagesPerSecond=1000");
        assertThat(rebuilt.get("status").asText()).as("%s", rebuilt).isEqualTo("completed");
        assertThat(rebuilt.get("additionalInformation").get("messages").asInt()).isEqualTo(3);
    }

    @Test
    @Order(2)
    void ordersThatMakeNoSenseAreRefusedWithAReason() throws Exception {
        assertRefused(webadmin.post("/mailroom/indexes?action=destroy", ""), 400, "'action'");
        assertRefused(webadmin.post("/mailroom/indexes", ""), 400, "'action'");
        assertRefused(
                webadmin.post("/mailroom/indexes?action=verify&messagesPerSecond=x", ""), 400, "has to be a number");
        assertRefused(webadmin.post("/mailroom/indexes/nobody@localhost?action=verify", ""), 404, "no user");
        assertRefused(webadmin.post("/mailroom/indexes/" + Trial.ALICE + "?action=sweep", ""), 400, "sweep");
    }

    private static void assertRefused(Webadmin.Answer answer, int status, String message) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().get("message").asText()
                        + answer.json().path("details").asText())
                .contains(message);
    }

    @Test
    @Order(3)
    void anAdministratorSearchesForAReasonThatIsNoted() throws Exception {
        JsonNode found = search(Trial.ALICE, "BODY \"office hours\"").json();
        assertThat(found.get("total").asInt()).isEqualTo(1);
        JsonNode message = found.get("messages").get(0);
        assertThat(message.get("uid").asLong()).isEqualTo(invoice);
        assertThat(message.get("header").get("Subject").asText()).isEqualTo("Invoice of May");

        assertRefused(search(Trial.ALICE, "BODY"), 400, "syntax");
        assertRefused(search(Trial.ALICE, "1:3"), 400, "sequence numbers");
        assertRefused(search("nobody@localhost", "ALL"), 404, "no user");
        assertRefused(
                webadmin.post("/mailroom/search", JSON, "{\"user\":\"" + Trial.ALICE + "\",\"query\":\"ALL\"}"),
                400,
                "'reason'");
        assertRefused(
                webadmin.post("/mailroom/search", "application/x-www-form-urlencoded", "{\"query\":\"ALL\"}"),
                400,
                "labelled as a form");

        List<String> audit =
                Files.readAllLines(james.directory().resolve("logs").resolve("mailroom-audit.log"));
        assertThat(audit).hasSize(1).allSatisfy(line -> assertThat(line)
                .contains("search by", "127.0.0.1", "mail of " + Trial.ALICE, "{BODY=1}", REASON)
                .doesNotContain("office"));
        assertThat(james.logged()).doesNotContain("office hours");
    }

    @Test
    @Order(4)
    void aSearchIsExplained() throws Exception {
        JsonNode why = explain(
                Trial.ALICE,
                "\"mailbox\":\"INBOX\",\"uid\":" + invoice,
                "BODY \"office hours\" NOT FLAGGED SUBJECT invoices");

        assertThat(why.get("matches").asBoolean()).isFalse();
        assertThat(why.get("found").asBoolean()).isFalse();
        assertThat(why.get("agree").asBoolean()).isTrue();
        JsonNode keys = why.get("explanation").get("keys");
        assertThat(keys.get(0).get("matches").asBoolean()).isTrue();
        assertThat(keys.get(0).get("found").asBoolean()).isTrue();
        JsonNode place = keys.get(0).get("places").get(0);
        assertThat(place.get("in").asText()).isEqualTo("part 1 (text/plain)");
        assertThat(place.get("before").asText()).endsWith("within our ");
        assertThat(keys.get(2).get("matches").asBoolean()).isFalse();
        assertThat(keys.get(2).get("nearest").get("found").asText()).isEqualTo("invoice");
        assertThat(keys.get(2).get("missing").asText()).isEqualTo("s");
        assertThat(why.get("parts").get(0).get("charset").asText()).isEqualTo("undeclared: UTF-8");

        JsonNode byId = explain(Trial.ALICE, "\"messageId\":\"<Lunch@example.org>\"", "TEXT zanzibar");
        assertThat(byId.get("matches").asBoolean()).isTrue();
        assertRefused(
                webadmin.post(
                        "/mailroom/explain",
                        JSON,
                        "{\"user\":\"%s\",\"messageId\":\"<x@y>\",\"query\":\"ALL\",\"reason\":\"%s\"}"
                                .formatted(Trial.ALICE, REASON)),
                404,
                "no messages <x@y>");
    }

    @Test
    @Order(4)
    void mailOfOneUserIsNotShownToAnother() throws Exception {
        assertThat(search(Trial.ALICE, "BODY quetzalcoatl").json().get("total").asInt())
                .isZero();
        assertThat(webadmin.get("/mailroom/indexes/" + Trial.ALICE).json().toString())
                .doesNotContain(Trial.BOB);
        try (ImapConnection alice = james.imap(Trial.ALICE)) {
            alice.select("INBOX");
            assertThat(alice.uidSearch("BODY quetzalcoatl")).isEmpty();
            assertThat(alice.command("ESEARCH IN (personal) RETURN (ALL) BODY quetzalcoatl")
                            .orFail()
                            .untagged())
                    .noneMatch(line -> line.contains("ALL "));
        }
        assertThat(metrics()).doesNotContain("alice").doesNotContain("bob").doesNotContain("quetzal");
        assertThat(james.logged()).doesNotContainIgnoringCase("quetzal").doesNotContainIgnoringCase("zanzibar");
    }

    @Test
    @Order(4)
    void theBoardAndThePageHaveTheNamesOfTheMetricsThatAreExported() throws Exception {
        Set<String> exported = names(metrics(), Pattern.compile("(?m)^(mailroom_[a-z_]+)"));
        String board = Files.readString(Path.of("..", "docs", "grafana", "mailroom.json"));
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));

        assertThat(names(board, Pattern.compile("(mailroom_[a-z_]+)")))
                .hasSizeGreaterThan(20)
                .isSubsetOf(exported);
        assertThat(names(page, Pattern.compile("`(mailroom_[a-z_]+)`")))
                .isEqualTo(exported.stream()
                        .filter(name -> !name.endsWith("_count"))
                        .collect(Collectors.toSet()));
        assertThat(metrics()).containsPattern("mailroom_search_body_count [1-9]");
    }

    private record Said(int status, String text) {}

    /** Runs the command from Mailroom's JAR alone, as an administrator does. */
    private Said mailroom(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JamesProcess.layout()
                        .resolve("extensions-jars")
                        .resolve("mailbox-plugin.jar")
                        .toString(),
                "org.mailroom.mailbox.command.MailroomCommand",
                "--webadmin=http://127.0.0.1:" + james.ports().webadmin()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    @Order(4)
    void theCommandSearchesExplainsAndVerifies() throws Exception {
        Said found = mailroom("search", "--reason", REASON, Trial.ALICE, "SUBJECT", "voice");
        assertThat(found).isEqualTo(new Said(0, found.text()));
        assertThat(found.text())
                .contains("INBOX " + invoice + " ", "Invoice of May")
                .endsWith("1 messages\n");
        assertThat(mailroom("search", "--reason", REASON, Trial.ALICE, "SUBJECT", "nowhere")
                        .status())
                .isEqualTo(1);
        assertThat(mailroom("search", Trial.ALICE, "ALL").status()).isEqualTo(2);
        assertThat(mailroom("search", "--reason", REASON, "nobody@localhost", "ALL"))
                .isEqualTo(new Said(3, "webadmin answers 404: there is no user nobody@localhost\n"));

        Said explained = mailroom(
                "explain", "--reason=x", "--mailbox=INBOX", "--uid=" + invoice, Trial.ALICE, "BODY \"pay the\"");
        assertThat(explained.status()).as(explained.text()).isZero();
        assertThat(explained.text()).contains("agree: true", "before: please ", "found: pay the");

        Said verified = mailroom("verify", "--rate", "1000", Trial.ALICE);
        assertThat(verified.status()).as(verified.text()).isZero();
        assertThat(verified.text()).contains("task completed", "messages: 3", "differences: 0");

        assertThat(mailroom("size").text()).contains(Trial.ALICE, "in all");
        assertThat(mailroom("status", Trial.ALICE).text()).contains("indexedMessages: 3");
        assertThat(mailroom("--json", "rules").text()).startsWith("[");
        assertThat(mailroom("generate-completion").text()).contains("_complete_mailroom");
    }

    /** The text of one rule, with further attributes. */
    private static String rule(String attributes) {
        return "<rule name=\"To Projects / zoo\" on=\"delivery demand\"" + attributes
                + ">\n"
                + "  <when>SUBJECT okapi</when>\n"
                + "  <actions><fileInto create=\"true\">Zoo</fileInto></actions>\n"
                + "</rule>";
    }

    private String deliver(String subject) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject(subject);
        message.setText("Leaves.");
        message.saveChanges();
        james.send(message, Trial.ALICE);
        Awaitility.await(subject).atMost(Duration.ofSeconds(30)).until(() -> !MailShown.of(james, Trial.ALICE, subject)
                .isEmpty());
        return MailShown.of(james, Trial.ALICE, subject).keySet().toString();
    }

    @Test
    @Order(7)
    void aRuleIsPutFilesMailIsDisabledAndComesBackFromTheHistory() throws Exception {
        String path = "/folderRules/rules/To%20Projects%20%2F%20zoo";
        assertThat(webadmin.send("PUT", path, rule("")).status()).isEqualTo(428);
        Webadmin.Answer made = webadmin.send("PUT", path + "?comment=zoo", rule(""), "If-None-Match", "*");
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        assertThat(made.text("state")).isEqualTo("active");
        assertThat(deliver("Okapi one")).isEqualTo("[Zoo]");

        String etag = '"' + made.text("etag") + '"';
        assertThat(webadmin.send("PUT", path, rule(" enabled=\"perhaps\""), "If-Match", etag)
                        .json()
                        .at("/problems/0/line")
                        .asInt())
                .isEqualTo(1);
        Webadmin.Answer disabled = webadmin.send("PUT", path, rule(" enabled=\"false\""), "If-Match", etag);
        assertThat(disabled.status()).as("%s", disabled.json()).isEqualTo(200);
        assertThat(webadmin.get(path).text("state")).isEqualTo("disabled");
        assertThat(deliver("Okapi two")).isEqualTo("[INBOX]");
        assertRefused(webadmin.send("PUT", path, rule(""), "If-Match", etag), 412, "has changed");

        JsonNode why = explainRules("two");
        assertThat(why.at("/rules/0/turns/0/reason").asText()).contains("is disabled");
        assertThat(why.at("/rules/0/turns/0/matches").asBoolean()).isTrue();
        assertThat(why.at("/rules/0/turns/0/condition/places/0/found").asText()).isEqualTo("okapi");

        JsonNode history = webadmin.get("/folderRules/history").json();
        assertThat(history.get(0).at("/changes/changed/0").asText()).isEqualTo("To Projects / zoo");
        assertThat(history.get(1).get("comment").asText()).isEqualTo("zoo");
        int version = history.get(1).get("id").asInt();
        Said restored = mailroom("rules", "restore", String.valueOf(version));
        assertThat(restored.status()).as(restored.text()).isZero();
        assertThat(deliver("Okapi three")).isEqualTo("[Zoo]");

        JsonNode acts = explainRules("one");
        assertThat(acts.at("/rules/0/done/0/action").asText()).contains("filed into Zoo");
        Said explained = mailroom(
                "rules",
                "explain",
                "--reason",
                REASON,
                "--message-id",
                messageId("three"),
                Trial.ALICE,
                "To Projects / zoo");
        assertThat(explained.status()).as(explained.text()).isZero();
        assertThat(explained.text()).contains("acts on such mail when it arrives, and did");
        assertThat(mailroom("rules", "get", "To Projects / zoo").text()).isEqualTo(rule("") + "\n");
        assertThat(mailroom("rules", "delete", "To Projects / zoo").status()).isZero();
        assertThat(webadmin.get(path).status()).isEqualTo(404);
        assertThat(Files.readString(james.directory().resolve("logs").resolve("mailroom-audit.log")))
                .contains("explain rules by", REASON);
        assertThat(metrics()).containsPattern("mailroom_rules_messages_moved_total [1-9]");
    }

    private String messageId(String word) throws Exception {
        try (ImapConnection alice = james.imap(Trial.ALICE)) {
            for (String mailbox : List.of("INBOX", "Zoo")) {
                alice.select(mailbox);
                List<Long> uids = alice.uidSearch("SUBJECT \"okapi " + word + "\"");
                if (!uids.isEmpty()) {
                    String header = String.join(
                            "\n",
                            alice.command("UID FETCH " + uids.get(0) + " BODY.PEEK[HEADER]")
                                    .orFail()
                                    .untagged());
                    return Pattern.compile("(?i)message-id:\\s*(<[^>]+>)")
                            .matcher(header)
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1);
                }
            }
            throw new AssertionError("no okapi " + word);
        }
    }

    private JsonNode explainRules(String word) throws Exception {
        Webadmin.Answer answer = webadmin.post(
                "/folderRules/explain",
                JSON,
                "{\"user\":\"%s\",\"messageId\":\"%s\",\"rule\":\"To Projects / zoo\",\"reason\":\"%s\"}"
                        .formatted(Trial.ALICE, messageId(word), REASON));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json().get(0);
    }

    private static Set<String> names(String text, Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private String metrics() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + james.ports().webadmin() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(5)
    void optimizingTakesExpungedWordsFromTheDisk() throws Exception {
        try (ImapConnection alice = james.imap(Trial.ALICE)) {
            alice.select("INBOX");
            alice.command("UID STORE " + secret + " +FLAGS (\\Deleted)").orFail();
            alice.command("EXPUNGE").orFail();
            assertThat(alice.uidSearch("BODY kryptonite9x")).isEmpty();
        }
        JsonNode optimized = task("/mailroom/indexes/" + Trial.ALICE + "?action=optimize");
        assertThat(optimized.get("status").asText()).as("%s", optimized).isEqualTo("completed");

        JsonNode figures =
                webadmin.get("/mailroom/indexes/" + Trial.ALICE).json().get("figures");
        assertThat(figures.get("messages").asInt()).isEqualTo(2);
        assertThat(figures.get("expunged").asInt()).isZero();
        Path index = james.directory().resolve("var").resolve("search-index");
        try (var files = Files.walk(index)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContainIgnoringCase("kryptonite");
            }
        }
    }

    @Test
    @Order(6)
    void indexesOfUsersThatAreGoneAreSweptAndOthersDeleted() throws Exception {
        Path indexes = james.directory().resolve("var").resolve("search-index");
        Files.createDirectories(indexes.resolve("gone%40localhost"));
        assertThat(webadmin.get("/mailroom/indexes").json().get("orphans").asInt())
                .isEqualTo(1);

        assertThat(task("/mailroom/indexes?action=sweep").get("status").asText())
                .isEqualTo("completed");
        assertThat(indexes.resolve("gone%40localhost")).doesNotExist();

        assertThat(task("/mailroom/indexes/" + Trial.BOB + "?action=delete")
                        .get("status")
                        .asText())
                .isEqualTo("completed");
        assertThat(webadmin.get("/mailroom/indexes").json().get("indexes").findValuesAsText("user"))
                .containsExactly(Trial.ALICE);
        try (ImapConnection bob = james.imap(Trial.BOB)) {
            bob.select("INBOX");
            assertThat(bob.uidSearch("BODY quetzal")).hasSize(1);
        }
    }
}
