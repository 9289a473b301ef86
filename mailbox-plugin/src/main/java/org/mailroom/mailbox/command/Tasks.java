/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits for tasks of James and shows how far they are. For one thread. */
final class Tasks {
    private static final int WIDTH = 30;

    private final MailroomCommand mailroom;

    Tasks(MailroomCommand mailroom) {
        this.mailroom = mailroom;
    }

    /** Waits for the task that was submitted, and prints how it ended. */
    /** From Java 22 on there is a console always, unless -Djdk.console=java.base is given, as the command's script does. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        return System.console() != null;
    }

    int await(String submitted) throws Webadmin.RefusedException, IOException {
        JsonText begun = JsonText.of(submitted);
        if (begun.text("taskId").isEmpty()) {
            mailroom.out().print(mailroom.json() ? submitted + "\n" : begun.lines());
            return 0;
        }
        String path = "/tasks/" + begun.text("taskId").orElseThrow();
        boolean shows = isTerminal() && !mailroom.json();
        String answer = mailroom.webadmin().get(path);
        JsonText task = JsonText.of(answer);
        while (isRunning(task)) {
            if (shows) {
                mailroom.err().print("\r" + bar(task.field("additionalInformation")));
                mailroom.err().flush();
            }
            pause();
            answer = mailroom.webadmin().get(path);
            task = JsonText.of(answer);
        }
        if (shows) {
            mailroom.err().println();
        }
        mailroom.out().print(mailroom.json() ? answer + "\n" : ended(task));
        mailroom.out().flush();
        return task.text("status").filter("completed"::equals).isPresent() ? 0 : MailroomCommand.NO;
    }

    private static String ended(JsonText task) {
        return "task " + task.text("status").orElse("") + "\n"
                + task.field("additionalInformation").lines();
    }

    private static boolean isRunning(JsonText task) {
        return task.text("status")
                .filter(status -> status.equals("waiting") || status.equals("inProgress"))
                .isPresent();
    }

    private static String bar(JsonText details) {
        long users = Math.max(1, details.number("users"));
        int done = (int) Math.min(WIDTH, WIDTH * details.number("usersDone") / users);
        return "[" + "#".repeat(done) + " ".repeat(WIDTH - done) + "] " + details.number("usersDone") + "/" + users
                + " users, " + details.number("messages") + " messages "
                + details.text("currentUser").orElse("") + "   ";
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; the task goes on, see GET /tasks", e);
        }
    }
}
