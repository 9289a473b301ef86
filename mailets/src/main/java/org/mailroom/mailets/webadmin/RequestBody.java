/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.Locale;
import spark.Request;

/**
 * Reads the bodies of requests. James reads bodies that are called forms away, for its log: what is left looks as if
 * nothing had been sent, and a plan would be one for everybody.
 */
final class RequestBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private RequestBody() {}

    /**
     * The body; empty where there is none.
     *
     * @param type what it ought to be called, for the refusal of one that is called a form, as curl calls it by itself
     */
    static byte[] of(Request request, String type) {
        String called = request.contentType();
        if (request.contentLength() != 0
                && called != null
                && called.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            throw ErrorResponses.invalid(
                    "the body is called a form (" + FORM + "), and James has thrown it away: send it as " + type
                            + "; with curl, add -H 'Content-Type: " + type + "'");
        }
        return request.bodyAsBytes();
    }
}
