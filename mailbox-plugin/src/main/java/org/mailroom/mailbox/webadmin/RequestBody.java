/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import spark.HaltException;
import spark.Request;

/**
 * Reads the bodies of requests to Mailroom's routes. James consumes bodies that are labelled as forms, for its log. What is
 * left looks as if nothing had been sent, and a plan would be one for everybody: so such a request is refused.
 */
public final class RequestBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private RequestBody() {}

    /**
     * The body as text in UTF-8; empty where there is none.
     *
     * @throws HaltException with status 400 for a body that is labelled as a form
     */
    public static String json(Request request) {
        return new String(of(request, "application/json"), StandardCharsets.UTF_8);
    }

    /**
     * The body; empty where there is none.
     *
     * @param type how it ought to be labelled: curl labels bodies as forms by default
     * @throws HaltException with status 400 for a body that is labelled as a form
     */
    public static byte[] of(Request request, String type) {
        String called = request.contentType();
        if (request.contentLength() != 0
                && called != null
                && called.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw Refusal.invalid(
                    "the body is labelled as a form (" + FORM + "), and James has discarded it: send it as " + type
                            + "; with curl, add -H 'Content-Type: " + type + "'");
        }
        return request.bodyAsBytes();
    }
}
