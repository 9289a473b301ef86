/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.james.json.DTOConverter;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.task.Hostname;
import org.apache.james.task.MemoryTaskManager;
import org.apache.james.task.TaskId;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.apache.james.webadmin.routes.TasksRoutes;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.check.RuleCheckCommand;
import org.mailroom.mailets.editing.RuleEditor;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RuleMail;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** Through HTTP, with James's own webadmin and task manager. */
class FolderRulesRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RULES =
            """
            <folder-rules>
              <rule name="bills" on="demand delivery">
                <when>SUBJECT invoice</when>
                <actions><fileInto>Bills</fileInto></actions>
              </rule>
            </folder-rules>
            """;

    @TempDir
    Path directory;

    private RuleMail mail;
    private MemoryTaskManager tasks;
    private WebAdminServer webadmin;
    private UnfinishedRuns unfinished;
    private String file = RULES;
    private final Clock clock = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        mail = new RuleMail(directory);
        mail.create(ALICE, "INBOX");
        mail.create(ALICE, "Bills");
        mail.rule("bills", "SUBJECT invoice", new FileInto(new FolderName("Bills"), false));
        tasks = new MemoryTaskManager(new Hostname("localhost"));
        CurrentRules rules =
                CurrentRules.of(new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)), new Text());
        JsonTransformer json = new JsonTransformer();
        unfinished = new UnfinishedRuns(mail.runs, tasks);
        // its constructor is for subclasses
        webadmin = new WebAdminServer(
                WebAdminConfiguration.TEST_CONFIGURATION,
                List.of(
                        new FolderRulesRoutes(
                                mail.runs,
                                unfinished,
                                new CheckRoute(rules, UserRules.NONE, mail.check()),
                                new EditRoutes(
                                        rules, new RuleEditor(rules, directory.resolve("history"), clock), clock, json),
                                new ExplainRoute(null),
                                tasks,
                                json),
                        new TasksRoutes(
                                tasks,
                                json,
                                new DTOConverter<>(new RuleRunTaskExtension(() -> mail.runs)
                                        .taskAdditionalInformationDTOModules()))),
                new NoAuthenticationFilter(),
                new DropWizardMetricFactory(new MetricRegistry()),
                LoggingRequestFilter.create()) {}.start();
    }

    @AfterEach
    void stop() {
        webadmin.destroy();
        tasks.stop();
        mail.close();
    }

    private final class Text implements CurrentRules.Source {
        @Override
        public String name() {
            return "folder-rules.xml";
        }

        @Override
        public Optional<InputStream> open() {
            return Optional.of(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void write(byte[] text) {
            file = new String(text, StandardCharsets.UTF_8);
        }
    }

    private JsonNode get(int status, String path) throws IOException, InterruptedException {
        return send(status, HttpRequest.newBuilder(uri(path)).GET());
    }

    private JsonNode post(int status, String path, String body) throws IOException, InterruptedException {
        return send(status, HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + webadmin.getPort().getValue() + path);
    }

    private JsonNode send(int status, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private JsonNode await(JsonNode task) throws IOException, InterruptedException {
        return get(200, "/tasks/" + task.get("taskId").asText() + "/await");
    }

    @Test
    void aBodyThatIsCalledAFormIsRefusedAndNotTakenForNone() throws Exception {
        for (String path : List.of("/folderRules/plans", "/folderRules/check?days=1")) {
            HttpRequest.Builder form = HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"rules\":[\"no such rule\"]}"));
            assertThat(send(400, form).get("message").asText()).contains("form", "Content-Type: application/");
        }
        assertThat(get(200, "/folderRules/plans")).isEmpty();
    }

    @Test
    void aFormWithNothingInItIsNoBody() throws Exception {
        mail.append(ALICE, "INBOX", "invoice");
        HttpRequest.Builder empty = HttpRequest.newBuilder(uri("/folderRules/plans"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(201, empty).get("messages").asInt()).isEqualTo(1);
    }

    @Test
    void aPlanIsMadeShownAppliedAndUndone() throws Exception {
        for (int i = 0; i < 3; i++) {
            mail.append(ALICE, "INBOX", "invoice " + i);
        }
        mail.append(ALICE, "INBOX", "letter");

        JsonNode plan = post(201, "/folderRules/plans", "{\"rules\":[\"bills\"],\"users\":[\"alice\"]}");
        String id = plan.get("id").asText();
        assertThat(plan.get("messages").asInt()).isEqualTo(3);
        assertThat(plan.at("/rules/0/places/0/mailbox").asText()).isEqualTo("INBOX");
        assertThat(plan.at("/rules/0/first/0/subject").asText()).isEqualTo("invoice 0");
        assertThat(get(200, "/folderRules/plans/" + id)).isEqualTo(plan);
        assertThat(get(200, "/folderRules/plans").get(0).asText()).isEqualTo(id);

        JsonNode applied = await(post(201, "/folderRules/plans/" + id + "?action=apply", ""));
        assertThat(applied.get("status").asText()).isEqualTo("completed");
        assertThat(applied.at("/additionalInformation/messages/changed").asInt())
                .isEqualTo(3);
        assertThat(applied.at("/additionalInformation/progress").asDouble()).isEqualTo(1);
        assertThat(mail.mail(ALICE).get("Bills")).hasSize(3);
        assertThat(get(200, "/folderRules/runs/" + id).get("state").asText()).isEqualTo("COMPLETED");

        JsonNode undone = await(post(201, "/folderRules/runs/" + id + "?action=undo", ""));
        assertThat(undone.at("/additionalInformation/messages/changed").asInt()).isEqualTo(3);
        assertThat(mail.mail(ALICE).get("INBOX")).hasSize(4);
        JsonNode runs = get(200, "/folderRules/runs");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).get("kind").asText()).isEqualTo("UNDO");
    }

    @Test
    void whyAMessageIsWhereItIsIsAnsweredByPlaceAndByMessageId() throws Exception {
        mail.append(ALICE, "INBOX", "invoice");
        String id = post(201, "/folderRules/plans", "").get("id").asText();
        await(post(201, "/folderRules/plans/" + id + "?action=apply", ""));

        JsonNode why = get(200, "/folderRules/why?user=alice&mailbox=Bills&uid=1");

        assertThat(why).hasSize(1);
        JsonNode line = why.get(0);
        assertThat(line.get("action").asText()).isEqualTo("moved into Bills");
        assertThat(line.get("run").asText()).isEqualTo(id);
        assertThat(line.at("/rules/bills").asText()).isEqualTo(mail.rules.get(0).version());
        assertThat(line.get("mailbox").asText()).isEqualTo("INBOX");
        assertThat(line.get("messageId").asText()).isEqualTo("<1@example.org>");
        assertThat(get(200, "/folderRules/why?messageId=1@example.org")).isEqualTo(why);
        assertThat(get(200, "/folderRules/why?user=alice&mailbox=Bills&uid=2")).isEmpty();

        await(post(201, "/folderRules/runs/" + id + "?action=undo", ""));
        assertThat(get(200, "/folderRules/why?user=alice&mailbox=INBOX&uid=2")).hasSize(2);
    }

    @Test
    void whatCannotBeDoneIsRefusedWithItsReason() throws Exception {
        mail.append(ALICE, "INBOX", "invoice");
        assertThat(message(post(404, "/folderRules/plans", "{\"rules\":[\"nothing\"]}")))
                .contains("no rule 'nothing'");
        assertThat(message(post(404, "/folderRules/plans", "{\"users\":[\"nobody\"]}")))
                .contains("no user nobody");
        assertThat(message(post(400, "/folderRules/plans", "{\"trigger\":\"never\"}")))
                .contains("no trigger 'never'");
        assertThat(message(post(400, "/folderRules/plans", "{\"trigger\":\"append\",\"rules\":[\"bills\"]}")))
                .contains("does not act on append");
        post(400, "/folderRules/plans", "{");
        get(404, "/folderRules/plans/nothing");
        get(404, "/folderRules/runs/nothing");
        get(404, "/folderRules/runs/..%2f..%2fetc");
        post(404, "/folderRules/plans/nothing?action=apply", "");
        post(404, "/folderRules/runs/nothing?action=undo", "");
        get(400, "/folderRules/why?user=alice&mailbox=Bills");
        get(400, "/folderRules/why?user=alice&mailbox=Bills&uid=x");
        get(404, "/folderRules/why?user=alice&mailbox=Nothing&uid=1");
        String id = post(201, "/folderRules/plans", "").get("id").asText();
        post(400, "/folderRules/plans/" + id, "");
        post(400, "/folderRules/plans/" + id + "?action=other", "");
        await(post(201, "/folderRules/plans/" + id + "?action=apply", ""));
        assertThat(message(post(409, "/folderRules/plans/" + id + "?action=apply", "")))
                .contains("applied already");
    }

    private static String message(JsonNode error) {
        return error.get("message").asText();
    }

    @Test
    void rulesAreListedAndReloadedAsAWhole() throws Exception {
        JsonNode rules = get(200, "/folderRules");
        assertThat(rules).hasSize(1);
        assertThat(rules.at("/0/name").asText()).isEqualTo("bills");
        assertThat(rules.at("/0/when").asText()).isEqualTo("SUBJECT invoice");
        assertThat(rules.at("/0/actions/0").asText()).isEqualTo("fileInto Bills");

        file = RULES.replace("SUBJECT invoice", "SUBJECT");
        assertThat(message(post(400, "/folderRules?action=reload", ""))).contains("bills");
        assertThat(get(200, "/folderRules")).isEqualTo(rules);

        file = RULES.replace("invoice", "bill");
        assertThat(post(200, "/folderRules?action=reload", "").at("/0/when").asText())
                .isEqualTo("SUBJECT bill");
    }

    @Test
    void interruptedRunsResumeWhenJamesStartsOrOnRequest() throws Exception {
        mail.append(ALICE, "INBOX", "invoice");
        String id = post(201, "/folderRules/plans", "").get("id").asText();
        mail.runs.apply(id);
        mail.nextLife();
        UnfinishedRuns next = new UnfinishedRuns(mail.runs, tasks);
        assertThat(mail.runs.findRun(id).orElseThrow().state()).isEqualTo("INTERRUPTED");

        assertThat(next.resume().taskIds())
                .hasSize(1)
                .allSatisfy(task -> tasks.await(TaskId.fromString(task), Duration.ofMinutes(1)));

        assertThat(mail.runs.findRun(id).orElseThrow().state()).isEqualTo("COMPLETED");
        assertThat(next.resume().taskIds()).isEmpty();
        assertThat(post(201, "/folderRules/runs?action=resume", "").get("taskIds"))
                .isEmpty();
    }

    @Test
    void rulesAreCheckedAgainstStoredMailWhetherInForceOrSent() throws Exception {
        mail.appendNow(ALICE, "Bills", "invoice");
        mail.appendNow(ALICE, "INBOX", "letter");

        JsonNode current = post(200, "/folderRules/check", "");
        assertThat(current.at("/rules/0/name").asText()).isEqualTo("bills");
        assertThat(current.at("/rules/0/matches").asInt()).isEqualTo(1);
        assertThat(current.at("/missingTargets/0/users/0").asText()).isEqualTo("bob");

        JsonNode sent = post(200, "/folderRules/check?days=2&user=alice", RULES.replace("invoice", "nothing"));
        assertThat(sent.at("/users")).hasSize(1);
        assertThat(sent.at("/neverMatch/0").asText()).isEqualTo("bills");
        assertThat(sent.at("/missingTargets")).isEmpty();

        assertThat(message(post(400, "/folderRules/check", RULES.replace("SUBJECT invoice", "SUBJECT"))))
                .contains("the rules sent, line 3, rule 'bills': <when> is no IMAP search expression");
        assertThat(message(post(400, "/folderRules/check", "no rules"))).contains("line 1");
        assertThat(message(post(400, "/folderRules/check", "<?xml version='1.0' encoding='FOO'?><folder-rules/>")))
                .contains("line 1", "FOO");
        assertThat(message(post(400, "/folderRules/check", "<folder-rules>\n<!DOCTYPE x></folder-rules>")))
                .contains("line 2");
        assertThat(message(post(400, "/folderRules/check?days=0", ""))).contains("days is 0");
        assertThat(message(post(400, "/folderRules/check?days=x", ""))).contains("'x'");
        assertThat(message(post(404, "/folderRules/check?user=nobody", ""))).contains("no user nobody");
    }

    @Test
    void theCheckCommandAsksWebadmin(@TempDir Path files) throws Exception {
        mail.appendNow(ALICE, "INBOX", "invoice");
        Path rules = Files.writeString(files.resolve("rules.xml"), RULES);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int end = RuleCheckCommand.run(
                List.of("--webadmin", uri("").toString(), "--user", "alice", "--days", "7", rules.toString()),
                Optional.of("a-token"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);

        assertThat(end).isZero();
        JsonNode report = JSON.readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(report.at("/rules/0/matches").asInt()).isEqualTo(1);
        assertThat(report.at("/users")).hasSize(1);
    }

    @Test
    void routesTellThatTheJournalsDirectoryCannotBeUsed() throws Exception {
        mail.append(ALICE, "INBOX", "invoice");
        Path journals = directory.resolve("rules");
        Path aside = directory.resolve("aside");
        if (Files.exists(journals)) {
            Files.move(journals, aside);
        }
        Files.writeString(journals, "in the way");

        for (String path : List.of("/folderRules/plans", "/folderRules/runs", "/folderRules/why?messageId=a@b")) {
            assertThat(message(get(503, path))).contains(journals.toString(), "cannot be used");
        }
        assertThat(message(post(503, "/folderRules/plans", ""))).contains(journals.toString());
        post(503, "/folderRules/plans/abc?action=apply", "");
        get(200, "/folderRules");
        assertThat(mail.runs.troubles()).singleElement().satisfies(text -> assertThat(text)
                .contains(journals.toString()));
        // James starts all the same
        mail.nextLife();
        new UnfinishedRuns(mail.runs, tasks).start();

        Files.delete(journals);
        assertThat(mail.runs.troubles()).isEmpty();
    }
}
