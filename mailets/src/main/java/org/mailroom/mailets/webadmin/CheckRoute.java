/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.webadmin.RequestBody;
import org.mailroom.mailets.check.CheckReport;
import org.mailroom.mailets.check.CheckRequest;
import org.mailroom.mailets.check.RuleCheck;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RunRefusedException;
import spark.Request;
import spark.Response;

/**
 * Replays rules over stored mail: those of the body, or those in force where there is none.
 *
 * <p>Query parameters: {@code days}, 30 where left out; {@code user}, repeatable, everybody where left out.
 */
final class CheckRoute {
    private static final int DAYS = 30;

    private final CurrentRules rules;
    private final UserRules own;
    private final RuleCheck check;

    @Inject
    CheckRoute(CurrentRules rules, UserRules own, RuleCheck check) {
        this.rules = rules;
        this.own = own;
        this.check = check;
    }

    CheckReport answer(Request request, Response response) throws IOException, MailboxException {
        try {
            byte[] body = RequestBody.of(request, "application/xml");
            return new String(body, StandardCharsets.ISO_8859_1).isBlank()
                    ? check.check(rules.get(), own, asked(request))
                    : check.check(check.read(body), asked(request));
        } catch (FolderRulesException e) {
            throw ErrorResponses.of(e, "");
        } catch (IllegalArgumentException e) {
            throw ErrorResponses.invalid(ErrorResponses.reason(e));
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        }
    }

    /** @throws IllegalArgumentException where a parameter makes no sense */
    private static CheckRequest asked(Request request) {
        String days = request.queryParamOrDefault("days", String.valueOf(DAYS));
        if (!days.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("the query parameter 'days' is '" + days + "', but has to be a number");
        }
        List<Username> users = Stream.of(
                        Optional.ofNullable(request.queryParamsValues("user")).orElse(new String[0]))
                .map(Username::of)
                .toList();
        return new CheckRequest(Integer.parseInt(days), users);
    }
}
