/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.mailroom.mailbox.imap.command.ReturnOptions.Option;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;

/** Reads ESEARCH (RFC 7377). Thread-safe. */
public final class ESearchCommandParser extends AbstractImapCommandParser {
    private final CommandReader reader;

    @Inject
    public ESearchCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(ESearchCommand.ESEARCH, responses);
        this.reader = new CommandReader(ESearchCommand.ESEARCH, responses, limits);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) {
        return reader.read(request, tag, session, input -> command(input, tag));
    }

    private ESearchCommand command(CommandInput input, Tag tag)
            throws IOException, BadCommandException, SearchSyntaxException {
        List<MailboxSource> sources = MailboxSourcesParser.parse(input, reader);
        ReturnOptions options = ReturnOptionsParser.parse(input);
        // $ means messages of the selected mailbox (RFC 7377 section 2.1)
        if (options.saves() && !sources.stream().allMatch(MailboxSource.Selected.class::isInstance)) {
            throw new BadCommandException("SAVE is for the selected mailbox alone");
        }
        return new ESearchCommand(
                tag, sources, options.plain() ? ReturnOptions.of(Option.ALL) : options, reader.criteria(input));
    }
}
