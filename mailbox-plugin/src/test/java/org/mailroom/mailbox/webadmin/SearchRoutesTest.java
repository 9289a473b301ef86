/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.search.RunningSearch;
import org.mailroom.mailbox.search.RunningSearches;
import org.mailroom.search.control.SearchWork;

/** Through HTTP, with James's own webadmin. */
class SearchRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSearches searches = new RunningSearches();
    private final List<Long> cancelled = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private WebAdminServer webadmin;

    @BeforeEach
    void start() {
        // its constructor is for subclasses
        webadmin = new WebAdminServer(
                WebAdminConfiguration.TEST_CONFIGURATION,
                List.of(new SearchRoutes(searches, new JsonTransformer())),
                new NoAuthenticationFilter(),
                new DropWizardMetricFactory(new MetricRegistry()),
                LoggingRequestFilter.create()) {}.start();
    }

    @AfterEach
    void stop() {
        webadmin.destroy();
    }

    private long search(RunningSearch.State state) {
        long id = searches.nextId();
        searches.add(id, new RunningSearches.Search() {
            @Override
            public RunningSearch describe() {
                return new RunningSearch(
                        id,
                        "alice@example.org",
                        "42",
                        new TreeMap<>(Map.of("NOT", 400, "TEXT", 400)),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        state,
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(30),
                        new SearchWork(1, 2, 3));
            }

            @Override
            public void cancel() {
                cancelled.add(id);
            }
        });
        return id;
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + webadmin.getPort().getValue() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void listsWhatRunsAndWaitsTheOldestFirst() throws Exception {
        assertThat(send("GET", "/mailroom/searches").body()).isEqualTo("[]");
        long first = search(RunningSearch.State.RUNNING);
        search(RunningSearch.State.WAITING);
        JsonNode listed = JSON.readTree(send("GET", "/mailroom/searches").body());
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0))
                .isEqualTo(JSON.readTree(
                        """
                                {"id": "%d", "user": "alice@example.org", "mailboxId": "42",
                                 "keys": {"NOT": 400, "TEXT": 400}, "since": "2026-01-02T03:04:05Z", "state": "running",
                                 "workedMillis": 10, "waitedMillis": 20, "indexingMillis": 30,
                                 "terms": 1, "documents": 2, "messages": 3}"""
                                .formatted(first)));
        assertThat(listed.get(1).get("state").asText()).isEqualTo("waiting");
    }

    @Test
    void cancelsASearch() throws Exception {
        long id = search(RunningSearch.State.RUNNING);
        HttpResponse<String> answer = send("DELETE", "/mailroom/searches/" + id);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(cancelled).containsExactly(id);
    }

    @Test
    void saysThatThereIsNoSuchSearch() throws Exception {
        for (String id : List.of("7", "x", "99999999999999999999", "-1")) {
            HttpResponse<String> answer = send("DELETE", "/mailroom/searches/" + id);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).get("message").asText())
                    .isEqualTo("there is no search " + id + ", or it has ended");
        }
    }
}
