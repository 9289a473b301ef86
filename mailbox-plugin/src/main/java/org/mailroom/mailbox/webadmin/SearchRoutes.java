/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailbox.search.RunningSearches;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Shows the searches of this James in its webadmin: named in {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <ul>
 *   <li>{@code GET /mailroom/searches}: those that run or wait, the oldest first
 *   <li>{@code DELETE /mailroom/searches/ID}: cancels one; its client gets a NO that says so
 * </ul>
 */
public final class SearchRoutes implements Routes {
    static final String BASE = "/mailroom/searches";

    private final RunningSearches searches;
    private final JsonTransformer json;

    /** Called by James. */
    @Inject
    public SearchRoutes(RunningSearches searches, JsonTransformer json) {
        this.searches = searches;
        this.json = json;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(BASE, this::list, json);
        service.delete(BASE + "/:search", this::cancel);
    }

    private List<SearchResponse> list(Request request, Response response) {
        return searches.list().stream().map(SearchResponse::of).toList();
    }

    private String cancel(Request request, Response response) {
        String id = request.params("search");
        // a number has as many digits as fit into a long
        if (!id.matches("[0-9]{1,18}") || !searches.cancel(Long.parseLong(id))) {
            throw notFound("there is no search " + id + ", or it has ended");
        }
        response.status(HttpStatus.NO_CONTENT_204);
        return "";
    }

    private static HaltException notFound(String message) {
        return ErrorResponder.builder()
                .statusCode(HttpStatus.NOT_FOUND_404)
                .type(ErrorType.NOT_FOUND)
                .message(message)
                .haltError();
    }
}
