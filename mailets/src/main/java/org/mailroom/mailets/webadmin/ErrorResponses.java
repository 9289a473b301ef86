/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.Objects;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailets.runs.RunRefusedException;
import spark.HaltException;

/** Makes the responses to requests that cannot be met, in James's form. */
final class ErrorResponses {

    private ErrorResponses() {}

    static HaltException of(RunRefusedException refusal) {
        return switch (refusal.reason()) {
            case NOT_FOUND -> of(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, reason(refusal));
            case CONFLICT -> of(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, reason(refusal));
            case INVALID -> invalid(reason(refusal));
        };
    }

    /** What an error says, in its own words where it has any. */
    static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    static HaltException invalid(String message) {
        return of(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, message);
    }

    static HaltException unavailable(String message) {
        return of(HttpStatus.SERVICE_UNAVAILABLE_503, ErrorType.SERVER_ERROR, message);
    }

    private static HaltException of(int status, ErrorType type, String message) {
        return ErrorResponder.builder()
                .statusCode(status)
                .type(type)
                .message(message)
                .haltError();
    }
}
