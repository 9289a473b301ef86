/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.authentication.NoAuthenticationFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.search.RunningSearches;
import org.mailroom.mailbox.webadmin.AdminPageRoutes;
import org.mailroom.mailbox.webadmin.AdminSearchRoutes;
import org.mailroom.mailbox.webadmin.IndexRoutes;
import org.mailroom.mailbox.webadmin.SearchRoutes;
import spark.Service;
import spark.route.HttpMethod;

/** {@code docs/openapi.yaml} has the routes that Mailroom registers, each of them and no other. */
class OpenApiTest {

    @Test
    void theDescriptionHasEveryRoute() throws Exception {
        Set<String> described = new TreeSet<>();
        String path = "";
        boolean inPaths = false;
        for (String line : Files.readAllLines(Path.of("..", "docs", "openapi.yaml"))) {
            if (line.matches("\\S.*")) {
                inPaths = line.equals("paths:");
            } else if (inPaths && line.matches("  /.*:")) {
                path = line.strip().replaceAll(":$", "");
            } else if (inPaths && line.matches("    (get|post|put|delete|patch):")) {
                described.add(line.strip().replace(":", "") + " " + path);
            }
        }

        assertThat(described).isNotEmpty().isEqualTo(registered());
    }

    private static Set<String> registered() {
        JsonTransformer json = new JsonTransformer();
        List<Routes> all = List.of(
                new FolderRulesRoutes(
                        null,
                        null,
                        new CheckRoute(null, null, null),
                        new EditRoutes(null, null, null, json),
                        new ExplainRoute(null),
                        null,
                        json),
                new SearchRoutes(new RunningSearches(), json),
                new IndexRoutes(null, null, null, null, json),
                new AdminSearchRoutes(null, null, new NoAuthenticationFilter(), json),
                new AdminPageRoutes());
        Service service = Service.ignite().ipAddress("127.0.0.1").port(0);
        try {
            all.forEach(routes -> routes.define(service));
            return service.routes().stream()
                    .filter(route -> route.getHttpMethod() != HttpMethod.before)
                    .map(route -> route.getHttpMethod().name() + " "
                            + route.getMatchUri().replaceAll(":([a-z]+)", "{$1}"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            service.stop();
        }
    }
}
