/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailets.editing.EditRefusedException;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.runs.RunRefusedException;
import spark.HaltException;
import spark.Spark;

/** Makes the responses to requests that cannot be met, in James's form. */
final class ErrorResponses {
    /** RFC 6585 section 3; Jetty's list ends before it. */
    private static final int PRECONDITION_REQUIRED_428 = 428;

    /** As James writes that type. */
    private static final String INVALID_ARGUMENT = "InvalidArgument";

    private static final ObjectMapper JSON = new ObjectMapper();

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

    static HaltException notFound(String message) {
        return of(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, message);
    }

    static HaltException invalid(String message) {
        return of(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, message);
    }

    static HaltException unavailable(String message) {
        return of(HttpStatus.SERVICE_UNAVAILABLE_503, ErrorType.SERVER_ERROR, message);
    }

    /** With what is wrong line by line, for who edits rules. */
    static HaltException of(FolderRulesException wrong, String before) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("statusCode", HttpStatus.BAD_REQUEST_400);
        body.put("type", INVALID_ARGUMENT);
        body.put("message", before + wrong.getMessage());
        body.put(
                "problems",
                wrong.problems().stream()
                        .map(problem -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("line", problem.line());
                            problem.rule().ifPresent(rule -> one.put("rule", rule));
                            one.put("reason", problem.reason());
                            return one;
                        })
                        .toList());
        try {
            return Spark.halt(
                    HttpStatus.BAD_REQUEST_400, new String(JSON.writeValueAsBytes(body), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lines and texts can be written", e);
        }
    }

    static HaltException of(EditRefusedException refusal) {
        String message = reason(refusal);
        return switch (refusal.reason()) {
            case NOT_FOUND -> notFound(message);
            case OTHER_VERSION -> of(HttpStatus.PRECONDITION_FAILED_412, ErrorType.WRONG_STATE, message);
            case NO_VERSION -> of(PRECONDITION_REQUIRED_428, ErrorType.INVALID_ARGUMENT, message);
            case EDITED_BY_HAND -> of(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, message);
            case INVALID -> invalid(message);
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
