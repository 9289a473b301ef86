/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.mailbox.imap.wire.ContinuationRequests;
import org.mailroom.mailbox.imap.wire.OversizedCommand;
import org.mailroom.mailbox.imap.wire.StatusText;
import org.mailroom.search.query.BadCharsetException;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;

/**
 * Reads Mailroom's own commands. Whatever is wrong with one, the next one is read from its beginning; where that cannot
 * be known, the connection ends. Thread-safe.
 */
public final class CommandReader {
    private static final int MAX_TO_SKIP = 2 * 1024 * 1024;

    /** Reads the arguments of a command to the last. */
    @FunctionalInterface
    public interface Arguments {
        ImapMessage read(CommandInput input) throws IOException, BadCommandException, SearchSyntaxException;
    }

    private final ImapCommand command;
    private final StatusResponseFactory responses;
    private final SearchKeyParser keys;

    public CommandReader(ImapCommand command, StatusResponseFactory responses, SearchLimits limits) {
        this.command = command;
        this.responses = responses;
        this.keys = new SearchKeyParser(limits);
    }

    /** The command, or the response that refuses it. */
    public ImapMessage read(ImapRequestLineReader request, Tag tag, ImapSession session, Arguments arguments) {
        CommandInput input = new CommandInput(request, new ContinuationRequests(session));
        // an exception of James's that says that octets are missing goes through: this is done again when there are
        // more
        ImapMessage message = read(input, tag, session, arguments);
        try {
            input.end();
            return message;
        } catch (IOException lost) {
            return disconnect(session, lost);
        }
    }

    private ImapMessage read(CommandInput input, Tag tag, ImapSession session, Arguments arguments) {
        try {
            ImapMessage read = arguments.read(input);
            input.skipBlanks();
            if (!input.atEnd()) {
                throw new BadCommandException("there is something behind its arguments");
            }
            if (read instanceof SearchingCommand searching
                    && searching.asksRelevancy()
                    && searching.criteria() instanceof SearchCriteria.Key key
                    && !FuzzyKeys.in(key.key())) {
                throw new BadCommandException("RELEVANCY is for searches with a FUZZY search key");
            }
            input.skipToEnd(MAX_TO_SKIP);
            return read;
        } catch (BadCommandException | SearchSyntaxException | IOException e) {
            try {
                input.skipToEnd(MAX_TO_SKIP);
            } catch (IOException lost) {
                return disconnect(session, lost);
            }
            return responses.taggedBad(tag, command, StatusText.of("failed: " + e.getMessage()));
        }
    }

    /** Search keys, with a CHARSET before them where the client names one. */
    SearchCriteria criteria(CommandInput input) throws IOException, SearchSyntaxException {
        try {
            return new SearchCriteria.Key(keys.parse(input).key());
        } catch (BadCharsetException e) {
            return new SearchCriteria.UnknownCharset(String.valueOf(e.getMessage()));
        }
    }

    /** The name of a charset and search keys (RFC 5256 section 5). */
    SearchCriteria criteriaAfterCharset(CommandInput input) throws IOException, SearchSyntaxException {
        try {
            return new SearchCriteria.Key(keys.parseAfterCharset(input).key());
        } catch (BadCharsetException e) {
            return new SearchCriteria.UnknownCharset(String.valueOf(e.getMessage()));
        }
    }

    /** A string in whatever form the client writes it. */
    public String string(CommandInput input) throws IOException, SearchSyntaxException {
        return keys.parseString(input);
    }

    /** Octets that belong to this command would be taken for the next one: they must not be read (RFC 7888 section 4). */
    private ImapMessage disconnect(ImapSession session, IOException reason) {
        session.logout().block();
        return new OversizedCommand(command.getName() + " command too long: " + reason.getMessage());
    }
}
