/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.mailbox.command.MailroomCommand.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches of a user's mail. */
final class SearchCommands {
    private SearchCommands() {}

    /** What both have. */
    abstract static class OfUser extends Subcommand {
        @Option(names = "--reason", required = true, description = "Why you look; goes to the audit log.")
        private String reason;

        @Option(names = "--mailbox", description = "The name or id of a mailbox.")
        private Optional<String> mailbox;

        @Parameters(index = "0", paramLabel = "USER")
        private String user;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", description = "IMAP search keys.")
        private List<String> keys;

        String ask(String path, More more) throws IOException, Webadmin.RefusedException {
            StringWriter body = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
                json.writeStartObject();
                json.writeStringField("user", user);
                json.writeStringField("query", String.join(" ", keys));
                json.writeStringField("reason", reason);
                if (mailbox.isPresent()) {
                    json.writeStringField("mailbox", mailbox.get());
                }
                more.write(json);
                json.writeEndObject();
            }
            return mailroom()
                    .webadmin()
                    .post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes further fields of a request. */
    private interface More {
        void write(JsonGenerator json) throws IOException;
    }

    /** Lists what matches; ends with 1 where nothing does. */
    @Command(name = "search", description = "Searches a user's mail by IMAP search keys.")
    static final class Search extends OfUser {
        @Option(names = "--limit", defaultValue = "100", description = "Messages listed at most.")
        private int limit;

        @Override
        public Integer call() throws Exception {
            String answer = ask("/mailroom/search", json -> {
                json.writeNumberField("limit", limit);
                json.writeBooleanField("header", true);
            });
            JsonText found = JsonText.of(answer);
            if (mailroom().json()) {
                mailroom().out().println(answer);
            } else {
                found.field("messages").values().forEach(this::print);
                mailroom().out().println(found.number("total") + " messages");
            }
            return found.number("total") > 0 ? 0 : MailroomCommand.NO;
        }

        private void print(JsonText message) {
            mailroom()
                    .out()
                    .printf(
                            Locale.ROOT,
                            "%s %d %s %d %s%n",
                            message.text("mailbox").orElse(""),
                            message.number("uid"),
                            message.text("internalDate").orElse(""),
                            message.number("size"),
                            message.field("header").text("Subject").orElse(""));
        }
    }

    /** Explains; ends with 1 where no message matches, or index and mail do not agree. */
    @Command(name = "explain", description = "Explains why a search finds a message, or does not.")
    static final class Explain extends OfUser {
        @Option(names = "--uid", description = "The message in --mailbox.")
        private Optional<Long> uid;

        @Option(names = "--message-id", description = "The Message-ID, instead of --mailbox and --uid.")
        private Optional<String> messageId;

        @Override
        public Integer call() throws Exception {
            JsonText explained = print(ask("/mailroom/explain", json -> {
                if (uid.isPresent()) {
                    json.writeNumberField("uid", uid.get());
                }
                if (messageId.isPresent()) {
                    json.writeStringField("messageId", messageId.get());
                }
            }));
            boolean well = explained.values().stream().allMatch(message -> message.isTrue("agree"))
                    && explained.values().stream().anyMatch(message -> message.isTrue("matches"));
            return well ? 0 : MailroomCommand.NO;
        }
    }
}
