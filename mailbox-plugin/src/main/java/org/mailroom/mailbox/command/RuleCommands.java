/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailroom.mailbox.command.MailroomCommand.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Folder rules. */
final class RuleCommands {
    static final String BASE = "/folderRules";

    private RuleCommands() {}

    /** Has the subcommands. */
    @Command(
            name = "rules",
            description = "Folder rules; alone: lists those in force.",
            subcommands = {
                RulesList.class,
                RuleEditCommands.Get.class,
                RuleEditCommands.Put.class,
                RuleEditCommands.Delete.class,
                RuleEditCommands.History.class,
                RuleEditCommands.Restore.class,
                RuleEditCommands.Explain.class,
                Check.class,
                Reload.class,
                Plan.class,
                Apply.class,
                Undo.class,
                Why.class
            })
    static final class Rules extends Subcommand {
        @Override
        public Integer call() throws Exception {
            print(mailroom().webadmin().get(BASE));
            return 0;
        }
    }

    /** Lists rules. */
    @Command(name = "list", description = "Lists the rules in force.")
    static final class RulesList extends Subcommand {
        @Override
        public Integer call() throws Exception {
            print(mailroom().webadmin().get(BASE));
            return 0;
        }
    }

    /** Replays rules. */
    @Command(name = "check", description = "Replays rules over stored mail; changes nothing.")
    static final class Check extends Subcommand {
        @Option(names = "--days", defaultValue = "30", description = "Mail of so many days.")
        private int days;

        @Option(names = "--user", description = "Whose mail; repeatable; everybody's where left out.")
        private List<String> users = List.of();

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "Rules; those in force where left out.")
        private Optional<Path> file;

        @Override
        public Integer call() throws Exception {
            StringBuilder path = new StringBuilder(BASE + "/check?days=" + days);
            users.forEach(user -> path.append("&user=").append(Webadmin.escaped(user)));
            byte[] rules = file.isPresent() ? Files.readAllBytes(file.get()) : new byte[0];
            print(mailroom().webadmin().post(path.toString(), "application/xml", rules));
            return 0;
        }
    }

    /** Has the file read again. */
    @Command(name = "reload", description = "Has James read conf/folder-rules.xml again.")
    static final class Reload extends Subcommand {
        @Override
        public Integer call() throws Exception {
            print(mailroom().webadmin().post(BASE + "?action=reload"));
            return 0;
        }
    }

    /** Makes a plan; ends with 1 where nothing would change. */
    @Command(name = "plan", description = "Plans a run over stored mail; changes nothing yet.")
    static final class Plan extends Subcommand {
        @Option(names = "--rule", description = "The name of a rule; repeatable; all where left out.")
        private List<String> rules = List.of();

        @Option(names = "--user", description = "Whose mail; repeatable; everybody's where left out.")
        private List<String> users = List.of();

        @Override
        public Integer call() throws Exception {
            StringWriter body = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
                json.writeStartObject();
                writeArray(json, "rules", rules);
                writeArray(json, "users", users);
                json.writeEndObject();
            }
            JsonText plan = print(mailroom()
                    .webadmin()
                    .post(BASE + "/plans", "application/json", body.toString().getBytes(StandardCharsets.UTF_8)));
            return plan.number("messages") > 0 ? 0 : MailroomCommand.NO;
        }

        private static void writeArray(JsonGenerator json, String name, List<String> texts) throws IOException {
            if (!texts.isEmpty()) {
                json.writeArrayFieldStart(name);
                for (String text : texts) {
                    json.writeString(text);
                }
                json.writeEndArray();
            }
        }
    }

    /** Carries a plan out. */
    @Command(name = "apply", description = "Carries a plan out.")
    static final class Apply extends Subcommand {
        @Parameters(paramLabel = "PLAN")
        private String plan;

        @Override
        public Integer call() throws Exception {
            return new Tasks(mailroom())
                    .await(mailroom().webadmin().post(BASE + "/plans/" + Webadmin.escaped(plan) + "?action=apply"));
        }
    }

    /** Undoes a run. */
    @Command(name = "undo", description = "Undoes a run.")
    static final class Undo extends Subcommand {
        @Parameters(paramLabel = "RUN")
        private String run;

        @Override
        public Integer call() throws Exception {
            return new Tasks(mailroom())
                    .await(mailroom().webadmin().post(BASE + "/runs/" + Webadmin.escaped(run) + "?action=undo"));
        }
    }

    /** Says why a message is where it is; ends with 1 where no rule touched it. */
    @Command(name = "why", description = "Says what rules did to a message.")
    static final class Why extends Subcommand {
        @Parameters(paramLabel = "MESSAGE-ID")
        private String messageId;

        @Override
        public Integer call() throws Exception {
            JsonText actions = print(mailroom().webadmin().get(BASE + "/why?messageId=" + Webadmin.escaped(messageId)));
            return actions.values().isEmpty() ? MailroomCommand.NO : 0;
        }
    }

    /** Shows runs. */
    @Command(name = "runs", description = "Lists runs of folder rules, or shows one.")
    static final class Runs extends Subcommand {
        @Parameters(arity = "0..1", paramLabel = "RUN")
        private Optional<String> run;

        @Override
        public Integer call() throws Exception {
            print(mailroom()
                    .webadmin()
                    .get(BASE + "/runs"
                            + run.map(id -> "/" + Webadmin.escaped(id)).orElse("")));
            return 0;
        }
    }
}
