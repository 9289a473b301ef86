/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.io.IOException;
import java.util.Objects;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailbox.admin.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.HaltException;
import spark.Route;

/** Answers to requests that cannot be met, in James's form. */
final class Refusal {
    private static final Logger LOGGER = LoggerFactory.getLogger(Refusal.class);

    private Refusal() {}

    static HaltException of(RefusedRequestException refusal) {
        return refusal.isNotFound() ? notFound(reason(refusal)) : invalid(reason(refusal));
    }

    private static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    static HaltException notFound(String message) {
        return of(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, message);
    }

    static HaltException invalid(String message) {
        return of(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, message);
    }

    /** Refuses what cannot be done, and says why where the store or an index cannot be read. */
    static Route guarded(Route route) {
        return (request, response) -> {
            try {
                return route.handle(request, response);
            } catch (RefusedRequestException e) {
                throw of(e);
            } catch (IllegalArgumentException e) {
                throw invalid(reason(e));
            } catch (IOException e) {
                LOGGER.error("{} {} cannot be answered", request.requestMethod(), request.pathInfo(), e);
                throw of(HttpStatus.SERVICE_UNAVAILABLE_503, ErrorType.SERVER_ERROR, reason(e));
            }
        };
    }

    private static HaltException of(int status, ErrorType type, String message) {
        return ErrorResponder.builder()
                .statusCode(status)
                .type(type)
                .message(message)
                .haltError();
    }
}
