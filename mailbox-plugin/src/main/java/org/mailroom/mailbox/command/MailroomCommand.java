/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code mailroom}. Ends with 0 where all is well; 1 where the answer is no: nothing found, a difference, a task
 * that failed; 2 for wrong arguments; 3 where webadmin refuses or is not there.
 */
@Command(
        name = "mailroom",
        mixinStandardHelpOptions = true,
        description = "Looks after Mailroom in a running Apache James, over its webadmin.",
        subcommands = {
            SearchCommands.Search.class,
            SearchCommands.Explain.class,
            IndexCommands.Status.class,
            IndexCommands.Size.class,
            IndexCommands.Verify.class,
            IndexCommands.Rebuild.class,
            IndexCommands.Optimize.class,
            IndexCommands.Delete.class,
            IndexCommands.Sweep.class,
            RuleCommands.Rules.class,
            RuleCommands.Runs.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "A JSON web token for webadmin goes into the environment variable WEBADMIN_TOKEN.",
            "Ends with 0 where all is well, 1 where the answer is no, 2 for wrong arguments, 3 where webadmin refuses."
        })
public final class MailroomCommand {
    static final int NO = 1;
    static final int REFUSED = 3;
    private static final String TOKEN = "WEBADMIN_TOKEN";

    @Option(
            names = "--webadmin",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MAILROOM_WEBADMIN:-http://127.0.0.1:8000}",
            description = "Its address; default: ${DEFAULT-VALUE}.")
    private String address;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print what webadmin answers, as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** See the class. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** To be executed. */
    public static CommandLine commandLine() {
        return new CommandLine(new MailroomCommand()).setExecutionExceptionHandler((failure, command, result) -> {
            if (failure instanceof Webadmin.RefusedException || failure instanceof IOException) {
                command.getErr().println(failure.getMessage());
                return REFUSED;
            }
            throw failure;
        });
    }

    Webadmin webadmin() {
        return new Webadmin(address, Optional.ofNullable(System.getenv(TOKEN)));
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** What all subcommands are: they ask webadmin, print, and end with an exit status. */
    @Command(mixinStandardHelpOptions = true)
    abstract static class Subcommand implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        MailroomCommand mailroom() {
            CommandLine parent = spec.commandLine();
            while (parent.getParent() != null) {
                parent = parent.getParent();
            }
            return parent.getCommand();
        }

        /** Prints an answer as it is, or in lines. */
        JsonText print(String answer) throws IOException {
            JsonText text = JsonText.of(answer);
            mailroom().out().print(mailroom().json() ? answer + "\n" : text.lines());
            mailroom().out().flush();
            return text;
        }
    }
}
