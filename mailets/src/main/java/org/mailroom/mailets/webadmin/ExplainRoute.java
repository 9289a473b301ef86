/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.utils.JsonExtractException;
import org.apache.james.webadmin.utils.JsonExtractor;
import org.mailroom.mailbox.admin.AuditLog.Asker;
import org.mailroom.mailbox.admin.RefusedRequestException;
import org.mailroom.mailbox.webadmin.RequestBody;
import org.mailroom.mailets.explain.ExplainedRules;
import org.mailroom.mailets.explain.RuleExplanation;
import org.mailroom.mailets.runs.RunRefusedException;
import spark.Request;
import spark.Response;

/** Explains rules for a message, to an administrator with a reason, which is in the audit log. */
final class ExplainRoute {
    private final RuleExplanation explanation;
    private final JsonExtractor<Body> bodies = new JsonExtractor<>(Body.class);

    @Inject
    ExplainRoute(RuleExplanation explanation) {
        this.explanation = explanation;
    }

    /** What a request has in its body. */
    private record Body(
            Optional<String> user,
            Optional<String> mailbox,
            Optional<Long> uid,
            Optional<String> messageId,
            Optional<String> rule,
            Optional<String> reason) {}

    List<ExplainedRules> answer(Request request, Response response)
            throws JsonExtractException, MailboxException, IOException {
        Body body = bodies.parse(new String(RequestBody.of(request, "application/json"), StandardCharsets.UTF_8));
        try {
            return explanation.explain(
                    new RuleExplanation.Asked(
                            required("user", body.user()),
                            given(body.mailbox()),
                            body.uid(),
                            given(body.messageId()),
                            given(body.rule())),
                    new Asker(
                            Optional.ofNullable(request.<String>attribute(AuthenticationFilter.LOGIN))
                                    .orElse("somebody whom webadmin does not authenticate"),
                            request.ip(),
                            required("reason", body.reason())));
        } catch (RefusedRequestException e) {
            throw e.isNotFound()
                    ? ErrorResponses.notFound(ErrorResponses.reason(e))
                    : ErrorResponses.invalid(ErrorResponses.reason(e));
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        } catch (IllegalArgumentException e) {
            throw ErrorResponses.invalid(ErrorResponses.reason(e));
        }
    }

    private static Optional<String> given(Optional<String> value) {
        return Optional.ofNullable(value).flatMap(given -> given).filter(text -> !text.isBlank());
    }

    private static String required(String name, Optional<String> value) {
        return given(value)
                .orElseThrow(() -> ErrorResponses.invalid("the field '" + name + "' must be there, and not be empty"));
    }
}
