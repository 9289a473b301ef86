/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.inject.Inject;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailbox.webadmin.RequestBody;
import org.mailroom.mailets.editing.EditRefusedException;
import org.mailroom.mailets.editing.Precondition;
import org.mailroom.mailets.editing.RuleDraft;
import org.mailroom.mailets.editing.RuleEditor;
import org.mailroom.mailets.editing.RuleVersion;
import org.mailroom.mailets.editing.RuleVersion.Author;
import org.mailroom.mailets.editing.RulesText;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.CurrentRules.InForce;
import org.mailroom.mailets.rules.FolderRulesException;
import spark.Request;
import spark.Response;
import spark.ResponseTransformer;
import spark.Route;
import spark.Service;

/**
 * Shows and changes the rules in force, and the versions that they had. Changes want the header {@code If-Match} with the
 * {@code ETag} of what is changed, or {@code If-None-Match: *} to create.
 *
 * <p>Answers are JSON, or the XML itself where the header {@code Accept} asks for {@code application/xml}.
 */
final class EditRoutes {
    private static final String RULE = FolderRulesRoutes.BASE + "/rules/:rule";
    private static final String HISTORY = FolderRulesRoutes.BASE + "/history";
    private static final String VERSION = HISTORY + "/:version";
    private static final String XML = "application/xml";

    private final CurrentRules rules;
    private final RuleEditor editor;
    private final Clock clock;
    private final ResponseTransformer json;

    @Inject
    EditRoutes(CurrentRules rules, RuleEditor editor, Clock clock, JsonTransformer json) {
        this.rules = rules;
        this.editor = editor;
        this.clock = clock;
        this.json = json;
    }

    /** What goes out as it is. */
    private record Xml(String text) {}

    void define(Service service, UnaryOperator<Route> guarded) {
        service.get(FolderRulesRoutes.BASE, guarded.apply(this::all), this::render);
        service.put(FolderRulesRoutes.BASE, guarded.apply(this::replace), this::render);
        service.post(FolderRulesRoutes.BASE, guarded.apply(this::reload), this::render);
        service.get(RULE, guarded.apply(this::one), this::render);
        service.put(RULE, guarded.apply(this::put), this::render);
        service.delete(RULE, guarded.apply(this::delete), this::render);
        service.get(HISTORY, guarded.apply((request, response) -> editor.versions()), this::render);
        service.get(VERSION, guarded.apply(this::version), this::render);
        service.post(VERSION, guarded.apply(this::restore), this::render);
    }

    private String render(Object answer) throws Exception {
        return answer instanceof Xml xml ? xml.text() : json.render(answer);
    }

    private Object all(Request request, Response response) {
        InForce inForce = rules.inForce();
        response.header("ETag", quoted(inForce.content().version()));
        if (wantsXml(request)) {
            return xml(RuleEditor.text(inForce).text(), response);
        }
        return list(inForce);
    }

    private List<RuleResponse> list(InForce inForce) {
        RulesText text = RuleEditor.text(inForce);
        return inForce.book().rules().stream()
                .map(rule -> RuleResponse.of(
                        rule, text.version(rule.name()).orElseThrow(), Optional.empty(), clock.instant()))
                .toList();
    }

    private Object one(Request request, Response response) {
        String name = request.params("rule");
        InForce inForce = rules.inForce();
        RulesText text = RuleEditor.text(inForce);
        String element = text.rule(name).orElseThrow(() -> ErrorResponses.notFound("there is no rule '" + name + "'"));
        response.header("ETag", quoted(text.version(name).orElseThrow()));
        return wantsXml(request) ? xml(element + "\n", response) : shown(inForce, text, name);
    }

    private RuleResponse shown(InForce inForce, RulesText text, String name) {
        return inForce.book().rules().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .map(rule -> RuleResponse.of(rule, text.version(name).orElseThrow(), text.rule(name), clock.instant()))
                .orElseThrow();
    }

    private Object put(Request request, Response response)
            throws EditRefusedException, FolderRulesException, IOException {
        Precondition expected = expected(request);
        String name = request.params("rule");
        RuleDraft draft = RuleDraft.of(RequestBody.of(request, XML));
        if (!draft.name().equals(name)) {
            throw ErrorResponses.invalid(
                    "the rule sent has the name '" + draft.name() + "', but the path says '" + name + "'");
        }
        boolean isNew = RuleEditor.text(rules.inForce()).rule(name).isEmpty();
        editor.put(draft, Optional.ofNullable(request.queryParams("before")), expected, author(request));
        response.status(isNew ? HttpStatus.CREATED_201 : HttpStatus.OK_200);
        return one(request, response);
    }

    private Object delete(Request request, Response response)
            throws EditRefusedException, FolderRulesException, IOException {
        editor.delete(request.params("rule"), expected(request), author(request));
        response.status(HttpStatus.NO_CONTENT_204);
        return new Xml("");
    }

    private Object replace(Request request, Response response)
            throws EditRefusedException, FolderRulesException, IOException {
        editor.replace(RequestBody.of(request, XML), expected(request), author(request));
        return all(request, response);
    }

    private Object reload(Request request, Response response) throws FolderRulesException, IOException {
        FolderRulesRoutes.requireAction(request, "reload");
        editor.reload(author(request));
        return all(request, response);
    }

    /** A version with its text. */
    private record VersionResponse(RuleVersion version, String xml) {}

    private Object version(Request request, Response response) throws EditRefusedException, IOException {
        RuleVersion version = editor.version(number(request));
        String text = RulesText.decoded(editor.content(version));
        return wantsXml(request) ? xml(text, response) : new VersionResponse(version, text);
    }

    private Object restore(Request request, Response response)
            throws EditRefusedException, FolderRulesException, IOException {
        FolderRulesRoutes.requireAction(request, "restore");
        editor.restore(number(request), expected(request), author(request));
        return all(request, response);
    }

    private static int number(Request request) {
        String text = request.params("version");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ErrorResponses.notFound("there is no version " + text + ": versions are numbers from 1 on");
        }
        return Integer.parseInt(text);
    }

    private static Precondition expected(Request request) throws EditRefusedException {
        return Precondition.of(
                Optional.ofNullable(request.headers("If-Match")),
                Optional.ofNullable(request.headers("If-None-Match")));
    }

    /** Who asks, as far as James's authentication says. */
    private static Author author(Request request) {
        return new Author(
                Optional.ofNullable(request.<String>attribute(AuthenticationFilter.LOGIN)),
                request.ip(),
                Optional.ofNullable(request.queryParams("comment")).orElse(""));
    }

    private static boolean wantsXml(Request request) {
        return Optional.ofNullable(request.headers("Accept"))
                .filter(accept -> accept.contains(XML) && !accept.contains("html"))
                .isPresent();
    }

    private static Xml xml(String text, Response response) {
        response.type(XML + "; charset=" + StandardCharsets.UTF_8.name());
        return new Xml(text);
    }

    private static String quoted(String version) {
        return '"' + version + '"';
    }
}
