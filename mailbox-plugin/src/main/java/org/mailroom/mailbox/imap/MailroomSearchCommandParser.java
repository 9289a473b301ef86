/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.io.IOException;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.mailroom.search.query.BadCharsetException;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;

/**
 * Reads SEARCH and UID SEARCH in place of James's parser, which it extends because James lets only its own classes parse
 * what stands behind UID. Whatever is wrong with a command, the next one is read from where it begins; where that cannot
 * be known, the connection ends. Thread-safe.
 */
public final class MailroomSearchCommandParser extends SearchCommandParser {
    private static final int MOST_TO_SKIP = 2 * 1024 * 1024;

    private final StatusResponseFactory responses;
    private final SearchKeyParser keys;

    @Inject
    public MailroomSearchCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(responses);
        this.responses = responses;
        this.keys = new SearchKeyParser(limits);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session) {
        Continuations continuations = new Continuations(session);
        CommandInput input = new CommandInput(request, continuations);
        // an exception of James's that says that octets are missing goes through: this is done again when there are
        // more
        ImapMessage message = read(input, tag, uids, session);
        continuations.forget();
        return message;
    }

    private ImapMessage read(CommandInput input, Tag tag, boolean uids, ImapSession session) {
        try {
            return command(input, tag, uids);
        } catch (BadCommandException | SearchSyntaxException | IOException e) {
            try {
                input.skipToEnd(MOST_TO_SKIP);
            } catch (IOException lost) {
                return disconnect(session, lost);
            }
            return responses.taggedBad(tag, ImapConstants.SEARCH_COMMAND, StatusText.of("failed: " + e.getMessage()));
        }
    }

    private ImapMessage command(CommandInput input, Tag tag, boolean uids)
            throws IOException, BadCommandException, SearchSyntaxException {
        ReturnOptions options = ReturnOptionsParser.parse(input);
        Criteria criteria = criteria(input);
        input.skipBlanks();
        if (!input.atEnd()) {
            throw new BadCommandException("there is something behind the search keys");
        }
        input.skipToEnd(MOST_TO_SKIP);
        return new SearchCommand(tag, uids, options, criteria);
    }

    private Criteria criteria(CommandInput input) throws IOException, SearchSyntaxException {
        try {
            return new Criteria.Key(keys.parse(input).key());
        } catch (BadCharsetException e) {
            return new Criteria.UnknownCharset(e.getMessage());
        }
    }

    /** Octets that belong to this command would be taken for the next one: they must not be read (RFC 7888 section 4). */
    private static ImapMessage disconnect(ImapSession session, IOException reason) {
        session.logout().block();
        return new EndlessCommand("SEARCH command too long: " + reason.getMessage());
    }
}
