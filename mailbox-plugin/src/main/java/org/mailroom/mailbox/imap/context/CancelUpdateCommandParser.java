/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.mailroom.mailbox.imap.command.CommandReader;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;

/** Reads CANCELUPDATE (RFC 5267 section 4.3). Thread-safe. */
public final class CancelUpdateCommandParser extends AbstractImapCommandParser {
    private final CommandReader reader;

    @Inject
    public CancelUpdateCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(CancelUpdateCommand.CANCELUPDATE, responses);
        this.reader = new CommandReader(CancelUpdateCommand.CANCELUPDATE, responses, limits);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) {
        return reader.read(request, tag, session, input -> command(input, tag));
    }

    private CancelUpdateCommand command(CommandInput input, Tag tag)
            throws IOException, BadCommandException, SearchSyntaxException {
        List<Tag> contexts = new ArrayList<>();
        input.skipBlanks();
        while (!input.atEnd()) {
            String context = reader.string(input);
            if (context.isEmpty()) {
                throw new BadCommandException("a tag is empty");
            }
            contexts.add(new Tag(context));
            if (contexts.size() > LiveContexts.MAX_CONTEXTS) {
                throw new BadCommandException("there are never more than " + LiveContexts.MAX_CONTEXTS + " contexts");
            }
            input.skipBlanks();
        }
        if (contexts.isEmpty()) {
            throw new BadCommandException("it needs the tags of searches, as \"A01\"");
        }
        return new CancelUpdateCommand(tag, contexts);
    }
}
