/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderMalfunctionError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.james.imap.api.display.ModifiedUtf7;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.search.query.SearchSyntaxException;

/** Reads {@code IN (...)} of an ESEARCH command (RFC 7377 section 4). Without state. */
final class MailboxSourcesParser {
    private static final int MAX_SOURCES = 1_000;
    private static final String KNOWN = "selected, personal, inboxes, subscribed, subtree, subtree-one and mailboxes";

    private MailboxSourcesParser() {}

    /**
     * Reads the sources where the command has them, and stops behind their bracket.
     *
     * @param reader reads the names of mailboxes
     * @return each once; the selected mailbox where it has none
     * @throws BadCommandException where they are wrong
     */
    static List<MailboxSource> parse(CommandInput input, CommandReader reader)
            throws IOException, BadCommandException, SearchSyntaxException {
        input.skipBlanks();
        if (!input.skipWord("IN")) {
            return List.of(new MailboxSource.Selected());
        }
        input.openList("IN needs a list of mailboxes in brackets, as (personal)");
        // listing all mailboxes twice would find nothing more
        Set<MailboxSource> sources = new LinkedHashSet<>();
        int written = 0;
        for (String word = word(input); !word.isEmpty(); word = word(input)) {
            List<MailboxSource> named = source(word, input, reader);
            sources.addAll(named);
            written += named.size();
            if (written > MAX_SOURCES) {
                throw new BadCommandException("IN names more than " + MAX_SOURCES + " mailboxes");
            }
        }
        if (sources.isEmpty()) {
            throw new BadCommandException("IN names no mailboxes; it knows " + KNOWN);
        }
        return List.copyOf(sources);
    }

    private static String word(CommandInput input) throws IOException, BadCommandException {
        return input.wordOfList("the mailboxes of IN");
    }

    private static List<MailboxSource> source(String word, CommandInput input, CommandReader reader)
            throws IOException, BadCommandException, SearchSyntaxException {
        return switch (word) {
            case "SELECTED" -> List.of(new MailboxSource.Selected());
                // filters may deliver to any mailbox of the user: then the one means the other (RFC 5465 section 6.3)
            case "PERSONAL", "INBOXES" -> List.of(new MailboxSource.Personal());
            case "SUBSCRIBED" -> List.of(new MailboxSource.Subscribed());
            case "SUBTREE" -> named(input, reader, name -> new MailboxSource.Subtree(name, false));
            case "SUBTREE-ONE" -> named(input, reader, name -> new MailboxSource.Subtree(name, true));
            case "MAILBOXES" -> named(input, reader, MailboxSource.Named::new);
            case "SELECTED-DELAYED" -> throw new BadCommandException(
                    "selected-delayed is for NOTIFY; IN knows " + KNOWN);
            default -> throw new BadCommandException(
                    word.startsWith("(")
                            ? "IN knows no scope options"
                            : "IN does not know " + word + "; it knows " + KNOWN);
        };
    }

    /** One name, or several in brackets. */
    private static List<MailboxSource> named(
            CommandInput input, CommandReader reader, Function<String, MailboxSource> source)
            throws IOException, BadCommandException, SearchSyntaxException {
        input.skipBlanks();
        if (input.peek() != '(') {
            return List.of(source.apply(name(input, reader)));
        }
        input.consume();
        List<MailboxSource> sources = new ArrayList<>();
        input.skipBlanks();
        while (input.peek() != ')' && sources.size() <= MAX_SOURCES) {
            sources.add(source.apply(name(input, reader)));
            input.skipBlanks();
        }
        if (sources.isEmpty()) {
            throw new BadCommandException("a list of mailboxes in IN is empty");
        }
        input.consume();
        return sources;
    }

    private static String name(CommandInput input, CommandReader reader)
            throws IOException, BadCommandException, SearchSyntaxException {
        if (input.atEnd()) {
            throw new BadCommandException("IN lacks its closing bracket");
        }
        if (input.peek() == ')') {
            throw new BadCommandException("the name of a mailbox is missing in IN");
        }
        String name = reader.string(input);
        if (name.isEmpty()) {
            throw new BadCommandException("no mailbox has an empty name");
        }
        return decoded(name);
    }

    private static String decoded(String name) throws BadCommandException {
        try {
            return ModifiedUtf7.decodeModifiedUTF7(name);
        } catch (Error e) {
            // so James's decoder reports it, and where what is no ASCII stands behind an & it fails itself
            if (e instanceof CoderMalfunctionError || e.getCause() instanceof CharacterCodingException) {
                throw new BadCommandException(
                        "the name of mailbox " + name + " is not in modified UTF-7 (RFC 3501 section 5.1.3)");
            }
            throw e;
        }
    }
}
