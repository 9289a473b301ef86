/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.util.Map;
import javax.inject.Inject;
import org.apache.james.webadmin.PublicRoutes;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The page for administrators in James's webadmin: named in {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <ul>
 *   <li>{@code GET /mailroom/}: the page
 *   <li>{@code GET /mailroom/page/FILE}, {@code GET /mailroom/page/lib/FILE}: its scripts and styles
 * </ul>
 *
 * <p>The files are the same for everybody and James answers them without authentication, so that somebody can sign in. All
 * that the page shows it asks the other routes for, with the token of the person who signed in.
 */
public final class AdminPageRoutes implements PublicRoutes {
    static final String BASE = "/mailroom";
    static final String PAGE = BASE + "/";
    static final String FILES = PAGE + "page/";
    static final String LIBRARIES = FILES + "lib/";

    /** Nothing but the page's own files is loaded or asked for, and no text becomes a script or markup. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            // a browser asks each time, and gets a short answer where nothing has changed
            "Cache-Control",
            "no-cache");

    private final PageFiles files = PageFiles.load();

    /** Called by James. */
    @Inject
    public AdminPageRoutes() {}

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        // relative, so that it holds behind a proxy too
        service.get(BASE, (request, response) -> {
            response.status(HttpStatus.PERMANENT_REDIRECT_308);
            response.header("Location", "mailroom/");
            return "";
        });
        service.get(PAGE, (request, response) -> answer(PageFiles.INDEX, request, response));
        service.get(FILES + ":file", (request, response) -> answer(request.params("file"), request, response));
        service.get(
                LIBRARIES + ":file", (request, response) -> answer("lib/" + request.params("file"), request, response));
    }

    private Object answer(String name, Request request, Response response) {
        PageFiles.Content file = files.find(name).orElseThrow(() -> Refusal.notFound("the page has no file " + name));
        HEADERS.forEach(response::header);
        response.type(file.type());
        response.header("ETag", file.tag());
        if (file.tag().equals(request.headers("If-None-Match"))) {
            response.status(HttpStatus.NOT_MODIFIED_304);
            return "";
        }
        return file.text();
    }
}
