/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.editing.RuleEditor;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** Single rules and the versions that rules had, through HTTP, with James's own webadmin. */
class RuleEditingRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE =
            """
            <folder-rules>
              <rule name="bills" on="delivery" expires="2026-05-01T00:00:00Z">
                <when>SUBJECT invoice</when>
                <actions><fileInto>Bills</fileInto></actions>
              </rule>
            </folder-rules>
            """;

    @TempDir
    Path directory;

    private String file = FILE;
    private WebAdminServer webadmin;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        CurrentRules rules =
                CurrentRules.of(new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)), new Text());
        Clock clock = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
        JsonTransformer json = new JsonTransformer();
        webadmin = new WebAdminServer(
                WebAdminConfiguration.TEST_CONFIGURATION,
                List.of(new FolderRulesRoutes(
                        null,
                        null,
                        new CheckRoute(rules, null, null),
                        new EditRoutes(rules, new RuleEditor(rules, directory, clock), clock, json),
                        new ExplainRoute(null),
                        null,
                        json)),
                new NoAuthenticationFilter(),
                new DropWizardMetricFactory(new MetricRegistry()),
                LoggingRequestFilter.create()) {}.start();
    }

    @AfterEach
    void stop() {
        webadmin.destroy();
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

    private HttpResponse<String> send(int status, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + webadmin.getPort().getValue() + "/folderRules" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response;
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send(200, "GET", path, "").body());
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static String rule(String name, String content) {
        return "<rule name=\"" + name + "\" on=\"delivery\">" + content + "<actions><keep/></actions></rule>";
    }

    @Test
    void aRuleIsShownAsJsonAndXmlWithItsEtag() throws Exception {
        JsonNode bills = get("/rules/bills");
        assertThat(bills.get("state").asText()).isEqualTo("expired");
        assertThat(bills.get("expires").asText()).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(bills.get("xml").asText()).startsWith("<rule name=\"bills\"").endsWith("</rule>");
        assertThat(get("").get(0).get("state").asText()).isEqualTo("expired");
        assertThat(get("").get(0).has("xml")).isFalse();

        HttpResponse<String> xml = send(200, "GET", "/rules/bills", "", "Accept", "application/xml");
        assertThat(xml.body()).isEqualTo(bills.get("xml").asText() + "\n");
        assertThat(xml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(etag(xml)).isEqualTo('"' + bills.get("etag").asText() + '"');
        assertThat(send(200, "GET", "", "", "Accept", "application/xml").body()).isEqualTo(FILE);
        assertThat(send(404, "GET", "/rules/nothing", "").body()).contains("there is no rule 'nothing'");
    }

    @Test
    void namesOfRulesMayHaveAnyCharacters() throws Exception {
        for (String name : List.of("a b", "a/b", "a+b", "100 %", "größe", "?x=1#y", ":z", "..")) {
            String path =
                    "/rules/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            HttpResponse<String> made = send(201, "PUT", path, rule(name, "<when>ALL</when>"), "If-None-Match", "*");
            assertThat(get(path).get("name").asText()).isEqualTo(name);
            send(204, "DELETE", path, "", "If-Match", etag(made));
        }
    }

    @Test
    void changesWantAVersionAndTheRightOne() throws Exception {
        String etag = etag(send(200, "GET", "/rules/bills", ""));
        String changed = rule("bills", "<when>SUBJECT bill</when>");

        send(428, "PUT", "/rules/bills", changed);
        send(428, "DELETE", "/rules/bills", "");
        send(428, "PUT", "", FILE);
        send(428, "POST", "/history/1?action=restore", "");
        send(412, "PUT", "/rules/bills", changed, "If-Match", "\"other\"");
        send(412, "PUT", "/rules/bills", changed, "If-None-Match", "*");
        send(412, "PUT", "/rules/new", rule("new", "<when>ALL</when>"), "If-Match", etag);
        send(404, "DELETE", "/rules/new", "", "If-Match", etag);
        send(400, "PUT", "/rules/other", changed, "If-None-Match", "*");
        assertThat(file).isEqualTo(FILE);

        HttpResponse<String> made = send(200, "PUT", "/rules/bills", changed, "If-Match", "\"x\", " + etag);
        assertThat(etag(made)).isNotEqualTo(etag);
        send(412, "PUT", "/rules/bills", changed, "If-Match", etag);
    }

    @Test
    void aWrongRuleIsRefusedLineByLine() throws Exception {
        JsonNode refused = JSON.readTree(
                send(400, "PUT", "/rules/new", "\n" + rule("new", "\n<when>WHAT</when>\n<what/>"), "If-None-Match", "*")
                        .body());
        assertThat(refused.get("message").asText()).startsWith("The rules are not changed. the rule sent, line 4");
        assertThat(refused.at("/problems/0/line").asInt()).isEqualTo(4);
        assertThat(refused.at("/problems/0/reason").asText()).contains("'what'");
        assertThat(file).isEqualTo(FILE);
        assertThat(get("/history")).hasSize(1);
    }

    @Test
    void aFileThatWasEditedIsReadFirst() throws Exception {
        file = FILE.replace("invoice", "receipt");
        String etag = etag(send(200, "GET", "/rules/bills", ""));
        assertThat(send(409, "DELETE", "/rules/bills", "", "If-Match", etag).body())
                .contains("was edited and not read again");

        send(200, "POST", "?action=reload&comment=by+hand", "");
        assertThat(get("/history").get(0).get("comment").asText()).isEqualTo("by hand");
        send(412, "DELETE", "/rules/bills", "", "If-Match", etag);
        send(204, "DELETE", "/rules/bills", "", "If-Match", etag(send(200, "GET", "/rules/bills", "")));
    }

    @Test
    void oneGoesBackInHistory() throws Exception {
        String all = etag(send(200, "GET", "", ""));
        String other = etag(send(200, "PUT", "?comment=none", "<folder-rules/>", "If-Match", all));
        assertThat(get("")).isEmpty();

        JsonNode first = get("/history/1");
        assertThat(first.get("xml").asText()).isEqualTo(FILE);
        assertThat(first.at("/version/action").asText()).isEqualTo("start");
        assertThat(send(200, "GET", "/history/1", "", "Accept", "application/xml")
                        .body())
                .isEqualTo(FILE);
        send(400, "POST", "/history/1", "", "If-Match", other);
        send(412, "POST", "/history/1?action=restore", "", "If-Match", all);
        send(404, "POST", "/history/7?action=restore", "", "If-Match", other);
        send(404, "GET", "/history/x", "");
        assertThat(etag(send(200, "POST", "/history/1?action=restore", "", "If-Match", other)))
                .isEqualTo(all);
        assertThat(file).isEqualTo(FILE);
        assertThat(get("/history").findValuesAsText("action")).containsExactly("restore 1", "replace", "start");
        assertThat(get("/history").get(1).at("/changes/removed/0").asText()).isEqualTo("bills");
        assertThat(get("/history").get(1).get("who").asText()).isEqualTo("127.0.0.1");
    }
}
