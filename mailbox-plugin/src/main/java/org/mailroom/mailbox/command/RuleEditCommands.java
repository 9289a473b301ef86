/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailbox.command.MailroomCommand.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Single folder rules, and the versions that rules had. */
final class RuleEditCommands {
    private static final byte[] NOTHING = new byte[0];

    private RuleEditCommands() {}

    private static String path(String rule) {
        return RuleCommands.BASE + "/rules/" + Webadmin.escaped(rule);
    }

    /** What changes have. */
    abstract static class Change extends Subcommand {
        @Option(names = "--comment", defaultValue = "", description = "What the history says of the change.")
        private String comment;

        @Option(
                names = "--if-match",
                paramLabel = "ETAG",
                description = "Change only this version of it; left out: whatever is there now.")
        private Optional<String> version;

        /** @param etag of what is there now; empty where there is nothing */
        void change(String method, String path, byte[] body, Optional<String> etag) throws Exception {
            Map<String, String> expected = version.or(() -> etag)
                    .map(tag -> Map.of("If-Match", tag.startsWith("\"") || tag.equals("*") ? tag : '"' + tag + '"'))
                    .orElse(Map.of("If-None-Match", "*"));
            String query = (path.contains("?") ? "&" : "?") + "comment=" + Webadmin.escaped(comment);
            String answer = mailroom().webadmin().change(method, path + query, body, expected);
            if (!answer.isBlank()) {
                print(answer);
            }
        }

        /** The ETag of what is there; nothing where it is not. */
        Optional<String> etag(String path) throws Webadmin.RefusedException {
            return mailroom().webadmin().etag(path);
        }
    }

    /** Shows a rule. */
    @Command(name = "get", description = "Prints a rule as XML, fit to be put again; all where none is named.")
    static final class Get extends Subcommand {
        @Parameters(arity = "0..1", paramLabel = "RULE")
        private Optional<String> rule;

        @Override
        public Integer call() throws Exception {
            String path = rule.map(RuleEditCommands::path).orElse(RuleCommands.BASE);
            if (mailroom().json()) {
                print(mailroom().webadmin().get(path));
            } else {
                mailroom().out().print(mailroom().webadmin().getXml(path));
                mailroom().out().flush();
            }
            return 0;
        }
    }

    /** Changes or creates a rule. */
    @Command(name = "put", description = "Changes a rule or creates it; the rest of the file stays as it is.")
    static final class Put extends Change {
        @Parameters(index = "0", paramLabel = "RULE")
        private String rule;

        @Parameters(index = "1", paramLabel = "FILE", description = "One <rule> of that name; - for standard input.")
        private Path file;

        @Option(names = "--before", paramLabel = "OTHER", description = "Put it before that rule.")
        private Optional<String> before;

        @Override
        public Integer call() throws Exception {
            byte[] body = file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
            // the list tells whether it is there
            JsonText rules = JsonText.of(mailroom().webadmin().get(RuleCommands.BASE));
            Optional<String> etag = rules.values().stream()
                    .filter(known -> known.text("name").filter(rule::equals).isPresent())
                    .findFirst()
                    .flatMap(known -> known.text("etag"));
            change(
                    "PUT",
                    path(rule)
                            + before.map(other -> "?before=" + Webadmin.escaped(other))
                                    .orElse(""),
                    body,
                    etag);
            return 0;
        }
    }

    /** Deletes a rule. */
    @Command(name = "delete", description = "Deletes a rule.")
    static final class Delete extends Change {
        @Parameters(paramLabel = "RULE")
        private String rule;

        @Override
        public Integer call() throws Exception {
            change("DELETE", path(rule), NOTHING, etag(path(rule)));
            return 0;
        }
    }

    /** Lists versions, or shows one. */
    @Command(name = "history", description = "Lists the versions that the rules had, or prints one as XML.")
    static final class History extends Subcommand {
        @Parameters(arity = "0..1", paramLabel = "VERSION")
        private Optional<Integer> version;

        @Override
        public Integer call() throws Exception {
            String path = RuleCommands.BASE + "/history";
            if (version.isEmpty()) {
                JsonText versions = print(mailroom().webadmin().get(path));
                return versions.values().isEmpty() ? MailroomCommand.NO : 0;
            }
            if (mailroom().json()) {
                print(mailroom().webadmin().get(path + "/" + version.get()));
            } else {
                mailroom().out().print(mailroom().webadmin().getXml(path + "/" + version.get()));
                mailroom().out().flush();
            }
            return 0;
        }
    }

    /** Goes back. */
    @Command(name = "restore", description = "Goes back to a version, which makes a new one.")
    static final class Restore extends Change {
        @Parameters(paramLabel = "VERSION")
        private int version;

        @Override
        public Integer call() throws Exception {
            change(
                    "POST",
                    RuleCommands.BASE + "/history/" + version + "?action=restore",
                    NOTHING,
                    etag(RuleCommands.BASE));
            return 0;
        }
    }

    /** Explains; ends with 1 where no rule acts. */
    @Command(name = "explain", description = "Explains why rules act on a message, or do not.")
    static final class Explain extends Subcommand {
        @Option(names = "--reason", required = true, description = "Why you look; goes to the audit log.")
        private String reason;

        @Option(names = "--mailbox", description = "The name or id of the mailbox.")
        private Optional<String> mailbox;

        @Option(names = "--uid", description = "The message in --mailbox.")
        private Optional<Long> uid;

        @Option(names = "--message-id", description = "The Message-ID, instead of --mailbox and --uid.")
        private Optional<String> messageId;

        @Parameters(index = "0", paramLabel = "USER")
        private String user;

        @Parameters(index = "1", arity = "0..1", paramLabel = "RULE", description = "All where left out.")
        private Optional<String> rule;

        @Override
        public Integer call() throws Exception {
            JsonText explained = print(mailroom()
                    .webadmin()
                    .post(RuleCommands.BASE + "/explain", "application/json", body().getBytes(StandardCharsets.UTF_8)));
            boolean acts = explained.values().stream()
                    .flatMap(message -> message.field("rules").values().stream())
                    .flatMap(explainedRule -> explainedRule.field("turns").values().stream())
                    .anyMatch(turn -> turn.isTrue("acts"));
            return acts ? 0 : MailroomCommand.NO;
        }

        private String body() throws IOException {
            StringWriter body = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
                json.writeStartObject();
                json.writeStringField("user", user);
                json.writeStringField("reason", reason);
                write(json, "mailbox", mailbox);
                write(json, "messageId", messageId);
                write(json, "rule", rule);
                if (uid.isPresent()) {
                    json.writeNumberField("uid", uid.get());
                }
                json.writeEndObject();
            }
            return body.toString();
        }

        private static void write(JsonGenerator json, String name, Optional<String> text) throws IOException {
            if (text.isPresent()) {
                json.writeStringField(name, text.get());
            }
        }
    }
}
