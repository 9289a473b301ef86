/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.mailroom.search.query.SearchLimits;

/**
 * Reads SEARCH and UID SEARCH in place of James's parser, which it extends because James lets only its own classes parse
 * what stands behind UID. Thread-safe.
 */
public final class MailroomSearchCommandParser extends SearchCommandParser {
    private final CommandReader reader;

    @Inject
    public MailroomSearchCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(responses);
        this.reader = new CommandReader(ImapConstants.SEARCH_COMMAND, responses, limits);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session) {
        return reader.read(
                request,
                tag,
                session,
                input -> SearchCommand.search(tag, uids, ReturnOptionsParser.parse(input), reader.criteria(input)));
    }
}
