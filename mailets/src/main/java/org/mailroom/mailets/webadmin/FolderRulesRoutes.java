/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.routes.TasksRoutes;
import org.apache.james.webadmin.utils.JsonExtractException;
import org.apache.james.webadmin.utils.JsonExtractor;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailbox.webadmin.RequestBody;
import org.mailroom.mailets.editing.EditRefusedException;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.runs.ActionLine;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.Run;
import org.mailroom.mailets.runs.RunRefusedException;
import org.mailroom.mailets.runs.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/**
 * Folder rules in James's webadmin: named in {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <ul>
 *   <li>{@code GET /folderRules}: the rules in force
 *   <li>{@code PUT /folderRules}: other rules, in the place of all
 *   <li>{@code POST /folderRules?action=reload}: reads the file again; refused whole where anything is wrong
 *   <li>{@code GET}, {@code PUT}, {@code DELETE /folderRules/rules/NAME}: one rule
 *   <li>{@code GET /folderRules/history}, {@code GET /folderRules/history/N}: versions that the rules had
 *   <li>{@code POST /folderRules/history/N?action=restore}: goes back to one
 *   <li>{@code POST /folderRules/plans}, {@code GET /folderRules/plans}, {@code GET /folderRules/plans/ID}: dry runs
 *   <li>{@code POST /folderRules/plans/ID?action=apply}: a task that makes the changes
 *   <li>{@code GET /folderRules/runs}, {@code GET /folderRules/runs/ID}: what was done
 *   <li>{@code POST /folderRules/runs/ID?action=undo}: a task that puts back what nobody touched since
 *   <li>{@code POST /folderRules/runs?action=resume}: resumes runs that were interrupted
 *   <li>{@code GET /folderRules/why?user=U&mailbox=M&uid=N}, {@code GET /folderRules/why?messageId=ID}
 *   <li>{@code POST /folderRules/explain}: why rules act on a message, or do not
 *   <li>{@code POST /folderRules/check?days=N&user=U}: replays the rules of the body, or those in force, over stored mail
 * </ul>
 */
public final class FolderRulesRoutes implements Routes {
    static final String BASE = "/folderRules";

    private static final Logger LOGGER = LoggerFactory.getLogger(FolderRulesRoutes.class);

    private final RuleRuns runs;
    private final UnfinishedRuns unfinished;
    private final CheckRoute check;
    private final EditRoutes edits;
    private final ExplainRoute explain;
    private final RunSubmission submission;
    private final JsonTransformer json;
    private final JsonExtractor<PlanRequestBody> bodies = new JsonExtractor<>(PlanRequestBody.class);

    /** Called by James. */
    @Inject
    public FolderRulesRoutes(
            RuleRuns runs,
            UnfinishedRuns unfinished,
            CheckRoute check,
            EditRoutes edits,
            ExplainRoute explain,
            TaskManager tasks,
            JsonTransformer json) {
        this.runs = runs;
        this.unfinished = unfinished;
        this.check = check;
        this.edits = edits;
        this.explain = explain;
        this.submission = new RunSubmission(runs, tasks);
        this.json = json;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        edits.define(service, FolderRulesRoutes::guarded);
        service.post(BASE + "/plans", guarded(this::plan), json);
        service.get(BASE + "/plans", guarded((request, response) -> runs.plans()), json);
        service.get(BASE + "/plans/:plan", guarded(this::findPlan), json);
        service.post(BASE + "/plans/:plan", guarded(this::apply), json);
        service.get(BASE + "/runs", guarded((request, response) -> runs.runs()), json);
        service.post(BASE + "/runs", guarded(this::resume), json);
        service.get(BASE + "/runs/:run", guarded(this::findRun), json);
        service.post(BASE + "/runs/:run", guarded(this::undo), json);
        service.get(BASE + "/why", guarded(this::why), json);
        service.post(BASE + "/explain", guarded(explain::answer), json);
        service.post(BASE + "/check", guarded(check::answer), json);
    }

    /** Says why where journals or mail cannot be read or written. */
    private static Route guarded(Route route) {
        return (request, response) -> {
            try {
                return route.handle(request, response);
            } catch (EditRefusedException e) {
                throw ErrorResponses.of(e);
            } catch (FolderRulesException e) {
                throw ErrorResponses.of(e, "The rules are not changed. ");
            } catch (IOException | UncheckedIOException e) {
                LOGGER.error("{} {} cannot be answered", request.requestMethod(), request.pathInfo(), e);
                throw ErrorResponses.unavailable(ErrorResponses.reason(e));
            }
        };
    }

    static void requireAction(Request request, String action) {
        if (!action.equals(request.queryParams("action"))) {
            throw ErrorResponses.invalid("the query parameter 'action' must be there, and be '" + action + "'");
        }
    }

    private PlanResponse plan(Request request, Response response)
            throws JsonExtractException, MailboxException, IOException {
        String asked = RequestBody.json(request);
        PlanRequestBody body = asked.isBlank() ? PlanRequestBody.EMPTY : bodies.parse(asked);
        try {
            PlanResponse answer = PlanResponse.of(runs.plan(body.request()));
            response.status(HttpStatus.CREATED_201);
            response.header("Location", BASE + "/plans/" + answer.id());
            return answer;
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        } catch (IllegalArgumentException e) {
            throw ErrorResponses.invalid(ErrorResponses.reason(e));
        }
    }

    private PlanResponse findPlan(Request request, Response response) throws IOException {
        String plan = request.params("plan");
        return runs.findPlan(plan)
                .map(PlanResponse::of)
                .orElseThrow(() -> ErrorResponses.of(runs.absent("plan", plan, "")));
    }

    private Submitted apply(Request request, Response response) throws IOException {
        requireAction(request, "apply");
        try {
            return submit(runs.apply(request.params("plan")), response);
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        }
    }

    private Submitted undo(Request request, Response response) throws IOException {
        requireAction(request, "undo");
        try {
            return submit(runs.undo(request.params("run")), response);
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        }
    }

    /**
     * A run that was begun.
     *
     * @param taskId its task; absent where it is carried out without one
     * @param note why that is so
     */
    private record Submitted(Optional<String> taskId, String run, Optional<String> note) {}

    private Submitted submit(Run run, Response response) {
        Optional<String> task = submission.submit(run).map(TaskId::asString);
        response.status(task.isPresent() ? HttpStatus.CREATED_201 : HttpStatus.ACCEPTED_202);
        response.header("Location", task.map(id -> TasksRoutes.BASE + "/" + id).orElse(BASE + "/runs/" + run.id()));
        return new Submitted(task, run.id(), task.isPresent() ? Optional.empty() : Optional.of(RunSubmission.NO_TASK));
    }

    private UnfinishedRuns.Resumed resume(Request request, Response response) throws IOException {
        requireAction(request, "resume");
        response.status(HttpStatus.CREATED_201);
        return unfinished.resume();
    }

    private RunReport findRun(Request request, Response response) throws IOException {
        String run = request.params("run");
        return runs.findRun(run).orElseThrow(() -> ErrorResponses.of(runs.absent("run", run, "")));
    }

    private List<ActionLine> why(Request request, Response response) throws IOException, MailboxException {
        String messageId = request.queryParams("messageId");
        if (messageId != null) {
            return runs.why(messageId.startsWith("<") ? messageId : "<" + messageId + ">");
        }
        String user = request.queryParams("user");
        String mailbox = request.queryParams("mailbox");
        String uid = request.queryParams("uid");
        if (user == null || mailbox == null || uid == null || !uid.matches("[1-9][0-9]{0,9}")) {
            throw ErrorResponses.invalid(
                    "which message? Either user, mailbox and uid, or messageId must be there as query"
                            + " parameters, and uid is a number from 1 on");
        }
        try {
            return runs.why(Username.of(user), mailbox, Long.parseLong(uid));
        } catch (RunRefusedException e) {
            throw ErrorResponses.of(e);
        } catch (IllegalArgumentException e) {
            throw ErrorResponses.invalid(ErrorResponses.reason(e));
        }
    }
}
