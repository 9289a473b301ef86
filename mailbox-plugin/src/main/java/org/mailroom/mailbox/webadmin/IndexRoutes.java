/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.routes.TasksRoutes;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import org.mailroom.mailbox.admin.IndexAction;
import org.mailroom.mailbox.admin.IndexOrder;
import org.mailroom.mailbox.admin.IndexStates;
import org.mailroom.mailbox.admin.IndexWork;
import org.mailroom.mailbox.admin.IndexedUsers;
import org.mailroom.mailbox.admin.UserIndexState;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * The search indexes in James's webadmin: named in {@code webadmin.properties} as {@code extensions.routes}.
 *
 * <ul>
 *   <li>{@code GET /mailroom/indexes}: all on disk, with their sizes, and which nobody needs
 *   <li>{@code GET /mailroom/indexes/USER}: the state of one, by mailbox
 *   <li>{@code POST /mailroom/indexes?action=verify|rebuild|optimize|delete|sweep}: a task for all
 *   <li>{@code POST /mailroom/indexes/USER?action=verify|rebuild|optimize|delete}: a task for one
 * </ul>
 */
public final class IndexRoutes implements Routes {
    static final String BASE = "/mailroom/indexes";

    private final IndexedUsers users;
    private final IndexStates states;
    private final IndexWork work;
    private final TaskManager tasks;
    private final JsonTransformer json;

    /** Called by James. */
    @Inject
    public IndexRoutes(
            IndexedUsers users, IndexStates states, IndexWork work, TaskManager tasks, JsonTransformer json) {
        this.users = users;
        this.states = states;
        this.work = work;
        this.tasks = tasks;
        this.json = json;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        service.get(BASE, Refusal.guarded(this::list), json);
        service.get(BASE + "/:user", Refusal.guarded(this::state), json);
        service.post(BASE, Refusal.guarded(this::orderForAll), json);
        service.post(BASE + "/:user", Refusal.guarded(this::orderForOne), json);
    }

    /**
     * All indexes.
     *
     * @param octets of all files
     */
    private record Answer(long octets, int orphans, List<Index> indexes) {}

    /** @param written when a file was last added to it or deleted, in ISO 8601 */
    private record Index(String directory, Optional<String> user, long octets, String written, boolean orphan) {}

    private Answer list(Request request, Response response) throws IOException {
        List<Index> indexes = users.list().stream()
                .map(listed -> new Index(
                        listed.stored().directory(),
                        listed.user(),
                        listed.stored().octets(),
                        listed.stored().written().toString(),
                        listed.orphan()))
                .toList();
        return new Answer(
                indexes.stream().mapToLong(Index::octets).sum(),
                (int) indexes.stream().filter(Index::orphan).count(),
                indexes);
    }

    private UserIndexState state(Request request, Response response) throws IOException {
        return states.of(existing(request.params("user")));
    }

    private Username existing(String name) throws IOException {
        Username user = Username.of(name);
        if (!users.exists(user)) {
            throw Refusal.notFound("there is no user " + name);
        }
        return user;
    }

    /** A task that was begun. */
    private record Submitted(String taskId) {}

    private Submitted orderForAll(Request request, Response response) throws IOException {
        List<String> named = Stream.of(
                        Optional.ofNullable(request.queryParamsValues("user")).orElse(new String[0]))
                .map(name -> Username.of(name).asString())
                .toList();
        return submit(request, response, named);
    }

    private Submitted orderForOne(Request request, Response response) throws IOException {
        String name = request.params("user");
        // what is left of a user that is gone may be deleted
        Username user =
                IndexAction.DELETE.word().equals(request.queryParams("action")) ? Username.of(name) : existing(name);
        return submit(request, response, List.of(user.asString()));
    }

    private Submitted submit(Request request, Response response, List<String> named) {
        IndexOrder order = new IndexOrder(
                action(request),
                named,
                Optional.ofNullable(request.queryParams("from")),
                Optional.ofNullable(request.queryParams("mailbox")),
                number(request, "messagesPerSecond", 0),
                number(request, "strings", IndexOrder.STRINGS));
        TaskId task = tasks.submit(new IndexTask(work, order));
        response.status(HttpStatus.CREATED_201);
        response.header("Location", TasksRoutes.BASE + "/" + task.asString());
        return new Submitted(task.asString());
    }

    private static IndexAction action(Request request) {
        return Optional.ofNullable(request.queryParams("action"))
                .flatMap(IndexAction::of)
                .orElseThrow(() -> Refusal.invalid("the query parameter 'action' must be there, and be one of "
                        + Arrays.stream(IndexAction.values())
                                .map(IndexAction::word)
                                .collect(Collectors.joining(", "))));
    }

    private static int number(Request request, String name, int standard) {
        String number = request.queryParamOrDefault(name, String.valueOf(standard));
        if (!number.matches("[0-9]{1,9}")) {
            throw Refusal.invalid("the query parameter '" + name + "' is '" + number + "', but has to be a number");
        }
        return Integer.parseInt(number);
    }
}
