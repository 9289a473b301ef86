/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.mailbox.command.MailroomCommand.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The state of search indexes, and work on them. */
final class IndexCommands {
    private static final String BASE = "/mailroom/indexes";

    private IndexCommands() {}

    /** Shows health and running searches, or the state of a user's index; ends with 1 where James is not healthy. */
    @Command(name = "status", description = "Shows James's health and running searches, or a user's index.")
    static final class Status extends Subcommand {
        @Parameters(arity = "0..1", paramLabel = "USER")
        private Optional<String> user;

        @Override
        public Integer call() throws Exception {
            if (user.isPresent()) {
                JsonText state = print(mailroom().webadmin().get(BASE + "/" + Webadmin.escaped(user.get())));
                return state.text("lastError").isEmpty() ? 0 : MailroomCommand.NO;
            }
            JsonText health = print(mailroom().webadmin().get("/healthcheck"));
            print(mailroom().webadmin().get("/mailroom/searches"));
            return health.text("status").filter("healthy"::equals).isPresent() ? 0 : MailroomCommand.NO;
        }
    }

    /** Lists indexes by size. */
    @Command(name = "size", description = "Lists the indexes on disk with their sizes.")
    static final class Size extends Subcommand {
        @Override
        public Integer call() throws Exception {
            String answer = mailroom().webadmin().get(BASE);
            if (mailroom().json()) {
                mailroom().out().println(answer);
                return 0;
            }
            JsonText all = JsonText.of(answer);
            for (JsonText index : all.field("indexes").values()) {
                mailroom()
                        .out()
                        .printf(
                                Locale.ROOT,
                                "%12d %s%s%n",
                                index.number("octets"),
                                index.text("user")
                                        .orElse("(" + index.text("directory").orElse("") + ")"),
                                index.isTrue("orphan") ? " belongs to nobody" : "");
            }
            mailroom().out().printf(Locale.ROOT, "%12d in all%n", all.number("octets"));
            return 0;
        }
    }

    /** An order to the indexes of some users. */
    abstract static class Order extends Subcommand {
        @Option(names = "--rate", defaultValue = "0", description = "Messages a second at most; 0: no limit.")
        private int rate;

        @Option(names = "--from", description = "The first user in alphabetical order, to resume.")
        private Optional<String> from;

        @Parameters(arity = "0..*", paramLabel = "USER", description = "Whose; everybody where left out.")
        private List<String> users = List.of();

        int order(String action, String more) throws IOException, Webadmin.RefusedException {
            StringBuilder path = new StringBuilder(BASE + "?action=" + action + "&messagesPerSecond=" + rate + more);
            users.forEach(user -> path.append("&user=").append(Webadmin.escaped(user)));
            from.ifPresent(user -> path.append("&from=").append(Webadmin.escaped(user)));
            return new Tasks(mailroom()).await(mailroom().webadmin().post(path.toString()));
        }
    }

    /** Compares with the mail; ends with 1 where something differs. */
    @Command(name = "verify", description = "Compares indexes with the mail.")
    static final class Verify extends Order {
        @Option(names = "--strings", defaultValue = "3", description = "Strings of each message that are searched for.")
        private int strings;

        @Override
        public Integer call() throws Exception {
            return order("verify", "&strings=" + strings);
        }
    }

    /** Indexes all mail again. */
    @Command(name = "rebuild", description = "Reads and indexes all mail again.")
    static final class Rebuild extends Order {
        @Override
        public Integer call() throws Exception {
            return order("rebuild", "");
        }
    }

    /** Takes expunged words from the disk. */
    @Command(name = "optimize", description = "Takes the words of expunged mail from the disk.")
    static final class Optimize extends Order {
        @Override
        public Integer call() throws Exception {
            return order("optimize", "");
        }
    }

    /** Deletes the index of one user. */
    @Command(name = "delete", description = "Deletes a user's index; the next search makes it again.")
    static final class Delete extends Subcommand {
        @Parameters(paramLabel = "USER")
        private String user;

        @Override
        public Integer call() throws Exception {
            return new Tasks(mailroom())
                    .await(mailroom().webadmin().post(BASE + "/" + Webadmin.escaped(user) + "?action=delete"));
        }
    }

    /** Deletes what belongs to nobody. */
    @Command(name = "sweep", description = "Deletes indexes that belong to nobody.")
    static final class Sweep extends Subcommand {
        @Override
        public Integer call() throws Exception {
            return new Tasks(mailroom()).await(mailroom().webadmin().post(BASE + "?action=sweep"));
        }
    }
}
