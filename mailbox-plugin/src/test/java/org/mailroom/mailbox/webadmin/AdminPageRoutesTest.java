/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.mdc.LoggingRequestFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.search.RunningSearches;
import spark.Spark;

/** Through HTTP, with James's own webadmin, which lets nobody in. */
class AdminPageRoutesTest {
    private static final Path SOURCES = Path.of("src/main/resources/org/mailroom/mailbox/webadmin/page");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(page/[^\"]+)\"|from '\\./([^']+)'");

    private final HttpClient http = HttpClient.newHttpClient();
    private WebAdminServer webadmin;

    @BeforeEach
    void start() {
        AuthenticationFilter nobody = (request, response) -> Spark.halt(401, "not you");
        JsonTransformer json = new JsonTransformer();
        // its constructor is for subclasses
        webadmin = new WebAdminServer(
                WebAdminConfiguration.TEST_CONFIGURATION,
                List.of(
                        new AdminPageRoutes(),
                        new SearchRoutes(new RunningSearches(), json),
                        new IndexRoutes(null, null, null, null, json),
                        new AdminSearchRoutes(null, null, nobody, json)),
                nobody,
                new DropWizardMetricFactory(new MetricRegistry()),
                LoggingRequestFilter.create()) {}.start();
    }

    @AfterEach
    void stop() {
        webadmin.destroy();
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + webadmin.getPort().getValue() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static List<String> names() {
        return PageFiles.NAMES;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void thePageIsThereForAnybodyAndLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = send("GET", "/mailroom/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body())
                .contains("<title>Mailroom</title>")
                .doesNotContain("http:", "https:", "<style", "onclick");

        HttpResponse<String> without = send("GET", "/mailroom");
        assertThat(without.statusCode()).isEqualTo(308);
        assertThat(header(without, "Location")).isEqualTo("mailroom/");
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachFileHasItsTypeAndIsSentOnce(String name) throws Exception {
        HttpResponse<String> file = send("GET", "/mailroom/page/" + name);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isNotBlank();
        assertThat(header(file, "Content-Type"))
                .startsWith(
                        name.endsWith(".js")
                                ? "text/javascript"
                                : name.endsWith(".css") ? "text/css" : "image/svg+xml");
        assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");

        HttpResponse<String> again = send("GET", "/mailroom/page/" + name, "If-None-Match", header(file, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "/mailroom/page/" + name, "If-None-Match", "\"another\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePageHasTheFilesThatItRefersToAndNoOther() throws Exception {
        TreeSet<String> referred = new TreeSet<>();
        TreeSet<String> own = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                REFERENCE
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> referred.add(
                                found.group(1) == null
                                        ? found.group(2)
                                        : found.group(1).substring("page/".length())));
                own.add(file.getFileName().toString());
            }
        }
        own.remove(PageFiles.INDEX);

        assertThat(PageFiles.NAMES).containsExactlyInAnyOrderElementsOf(referred);
        assertThat(PageFiles.NAMES.stream()
                        .filter(name -> !name.startsWith("lib/"))
                        .collect(Collectors.toSet()))
                .isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.js", "..", "%2e%2e%2fSearchRoutes.class", "lib/nothing.js", "index.html%00.js"})
    void otherFilesAreNotThere(String name) throws Exception {
        assertThat(send("GET", "/mailroom/page/" + name).statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /mailroom/searches",
                "DELETE /mailroom/searches/1",
                "GET /mailroom/indexes",
                "GET /mailroom/indexes/alice@example.org",
                "POST /mailroom/indexes",
                "POST /mailroom/indexes/alice@example.org",
                "POST /mailroom/search",
                "POST /mailroom/explain"
            })
    void whatThePageShowsIsForThoseWhoSignedIn(String route) throws Exception {
        String[] words = route.split(" ");

        HttpResponse<String> refused = send(words[0], words[1]);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("not you");
    }
}
