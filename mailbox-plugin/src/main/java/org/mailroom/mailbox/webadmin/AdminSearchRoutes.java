/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.utils.JsonExtractException;
import org.apache.james.webadmin.utils.JsonExtractor;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.mailroom.mailbox.admin.AdminExplanation;
import org.mailroom.mailbox.admin.AdminSearch;
import org.mailroom.mailbox.admin.AuditLog.Asker;
import org.mailroom.mailbox.admin.ExplainedMessage;
import org.mailroom.mailbox.admin.RefusedRequestException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Searches of users' mail by administrators in James's webadmin: named in {@code webadmin.properties} as {@code
 * extensions.routes}. Each wants a reason, and is in the audit log.
 *
 * <ul>
 *   <li>{@code POST /mailroom/search}: what a search finds in a user's mail
 *   <li>{@code POST /mailroom/explain}: why a search finds a message, or does not
 * </ul>
 */
public final class AdminSearchRoutes implements Routes {
    static final String SEARCH = "/mailroom/search";
    static final String EXPLAIN = "/mailroom/explain";

    private final AdminSearch search;
    private final AdminExplanation explanation;
    private final AuthenticationFilter authentication;
    private final JsonTransformer json;
    private final JsonExtractor<SearchBody> searches = new JsonExtractor<>(SearchBody.class);
    private final JsonExtractor<ExplainBody> explanations = new JsonExtractor<>(ExplainBody.class);

    /** Called by James. */
    @Inject
    public AdminSearchRoutes(
            AdminSearch search,
            AdminExplanation explanation,
            AuthenticationFilter authentication,
            JsonTransformer json) {
        this.search = search;
        this.explanation = explanation;
        this.authentication = authentication;
        this.json = json;
    }

    /** What a request for a search has in its body. */
    private record SearchBody(
            Optional<String> user,
            Optional<String> mailbox,
            Optional<String> query,
            Optional<String> reason,
            Optional<Integer> limit,
            Optional<Boolean> header) {}

    /** What a request for an explanation has in its body. */
    private record ExplainBody(
            Optional<String> user,
            Optional<String> mailbox,
            Optional<Long> uid,
            Optional<String> messageId,
            Optional<String> query,
            Optional<String> reason) {}

    @Override
    public String getBasePath() {
        return SEARCH;
    }

    @Override
    public void define(Service service) {
        // James puts its own before the base path alone
        service.before(EXPLAIN, authentication);
        service.post(SEARCH, Refusal.guarded(this::search), json);
        service.post(EXPLAIN, Refusal.guarded(this::explain), json);
    }

    private AdminSearch.Found search(Request request, Response response)
            throws JsonExtractException, RefusedRequestException, IOException {
        SearchBody body = searches.parse(RequestBody.json(request));
        return search.search(
                new AdminSearch.Asked(
                        required("user", body.user()),
                        given(body.mailbox()),
                        required("query", body.query()),
                        body.limit().orElse(AdminSearch.LIMIT),
                        body.header().orElse(false)),
                asker(request, body.reason()));
    }

    private List<ExplainedMessage> explain(Request request, Response response)
            throws JsonExtractException, RefusedRequestException, IOException {
        ExplainBody body = explanations.parse(RequestBody.json(request));
        return explanation.explain(
                new AdminExplanation.Asked(
                        required("user", body.user()),
                        given(body.mailbox()),
                        body.uid(),
                        given(body.messageId()),
                        required("query", body.query())),
                asker(request, body.reason()));
    }

    private static Optional<String> given(Optional<String> value) {
        return value.filter(text -> !text.isBlank());
    }

    private static String required(String name, Optional<String> value) {
        return given(value)
                .orElseThrow(() -> Refusal.invalid("the field '" + name + "' must be there, and not be empty"));
    }

    /** Who asks, as far as James's authentication says. */
    private static Asker asker(Request request, Optional<String> reason) {
        String who = Optional.ofNullable(request.<String>attribute(AuthenticationFilter.LOGIN))
                .orElse("somebody whom webadmin does not authenticate");
        return new Asker(who, request.ip(), required("reason", reason));
    }
}
