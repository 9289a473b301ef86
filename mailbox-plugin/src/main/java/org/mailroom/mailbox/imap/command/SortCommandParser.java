/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import javax.inject.Inject;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.mailroom.search.query.SearchLimits;

/**
 * Reads SORT and UID SORT (RFC 5256, RFC 5267). It extends James's parser of SEARCH because James lets only its own
 * classes parse what stands behind UID. Thread-safe.
 */
public final class SortCommandParser extends SearchCommandParser {
    private final CommandReader reader;

    @Inject
    public SortCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(new CommandStatusResponses(responses, SearchCommand.SORT));
        this.reader = new CommandReader(SearchCommand.SORT, responses, limits);
    }

    @Override
    public ImapCommand getCommand() {
        return SearchCommand.SORT;
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session) {
        return reader.read(
                request,
                tag,
                session,
                input -> SearchCommand.sort(
                        tag,
                        uids,
                        ReturnOptionsParser.parse(input),
                        SortKeysParser.parse(input),
                        reader.criteriaAfterCharset(input)));
    }
}
