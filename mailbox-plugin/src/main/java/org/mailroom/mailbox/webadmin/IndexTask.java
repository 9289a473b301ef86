/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.james.task.AsyncSafeTask;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskType;
import org.mailroom.mailbox.admin.Difference;
import org.mailroom.mailbox.admin.IndexOrder;
import org.mailroom.mailbox.admin.IndexProgress;
import org.mailroom.mailbox.admin.IndexWork;
import org.mailroom.search.control.DaemonThreads;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Carries out an order on the indexes of the server that runs this task. Ends as <i>completed</i> where all went well, as
 * <i>failed</i> where something differs or failed for a user: the details say what.
 */
public final class IndexTask implements AsyncSafeTask {
    public static final TaskType TYPE = TaskType.of("MailroomIndexes");

    private static final DaemonThreads THREADS = DaemonThreads.numbered("mailroom-indexes");

    private final IndexWork work;
    private final IndexOrder order;
    private final IndexProgress progress;

    public IndexTask(IndexWork work, IndexOrder order) {
        this.work = work;
        this.order = order;
        this.progress = new IndexProgress(order.messagesPerSecond());
    }

    IndexOrder order() {
        return order;
    }

    /**
     * How far an order has come; as {@link IndexProgress.Snapshot} explains.
     *
     * @param action verify, rebuild, optimize, delete or sweep
     */
    public record Details(
            Instant timestamp,
            String action,
            long users,
            long usersDone,
            String currentUser,
            Optional<String> lastUserDone,
            long messages,
            double messagesPerSecond,
            long undecidedMessages,
            long differences,
            long failures,
            List<Difference> firstDifferences,
            List<IndexProgress.Failure> firstFailures)
            implements TaskExecutionDetails.AdditionalInformation {}

    @Override
    public Publisher<Result> runAsync() {
        return Mono.create(sink -> {
            // James interrupts the threads of tasks that are cancelled, which would close the files of indexes under
            // everybody's hands: the work has a thread of its own
            sink.onCancel(progress::cancel);
            THREADS.newThread(() -> {
                        try {
                            sink.success(work.carryOut(order, progress) ? Result.COMPLETED : Result.PARTIAL);
                        } catch (CancellationException e) {
                            sink.success(Result.PARTIAL);
                        } catch (Exception | Error e) {
                            sink.error(e);
                        }
                    })
                    .start();
        });
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public Optional<TaskExecutionDetails.AdditionalInformation> details() {
        IndexProgress.Snapshot now = progress.snapshot();
        return Optional.of(new Details(
                Clock.systemUTC().instant(),
                order.action().word(),
                now.users(),
                now.usersDone(),
                now.current(),
                now.lastDone(),
                now.messages(),
                now.messagesPerSecond(),
                now.undecided(),
                now.differences(),
                now.failures(),
                now.firstDifferences(),
                now.firstFailures()));
    }
}
