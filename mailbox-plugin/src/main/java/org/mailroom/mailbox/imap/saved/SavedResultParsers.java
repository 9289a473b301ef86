/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.saved;

import javax.inject.Inject;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.CopyCommandParser;
import org.apache.james.imap.decode.parser.ExpungeCommandParser;
import org.apache.james.imap.decode.parser.FetchCommandParser;
import org.apache.james.imap.decode.parser.MoveCommandParser;
import org.apache.james.imap.decode.parser.StoreCommandParser;
import org.apache.james.imap.message.request.AbstractImapRequest;

/**
 * Wraps James's parsers of the commands in which {@code $} may stand for messages. James puts in what {@code $} means
 * when it reads the command, and takes it for uids or sequence numbers as the command happens to need; but the SEARCH
 * that says what it means may still be running (RFC 5182 section 2.3). So such a command becomes a {@link
 * SavedResultCommand}.
 */
public final class SavedResultParsers {
    private SavedResultParsers() {}

    private static boolean startsWithSavedResult(ImapRequestLineReader request) throws DecodingException {
        return request.nextWordChar() == '$';
    }

    private static ImapMessage whenItRuns(ImapMessage command, boolean uids) {
        return command instanceof AbstractImapRequest request ? new SavedResultCommand(request, uids) : command;
    }

    /** FETCH and UID FETCH. */
    public static final class Fetch extends FetchCommandParser {
        @Inject
        public Fetch(StatusResponseFactory responses) {
            super(responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session)
                throws DecodingException {
            boolean saved = startsWithSavedResult(request);
            ImapMessage command = super.decode(request, tag, uids, session);
            return saved ? whenItRuns(command, uids) : command;
        }
    }

    /** STORE and UID STORE. */
    public static final class Store extends StoreCommandParser {
        @Inject
        public Store(StatusResponseFactory responses) {
            super(responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session)
                throws DecodingException {
            boolean saved = startsWithSavedResult(request);
            ImapMessage command = super.decode(request, tag, uids, session);
            return saved ? whenItRuns(command, uids) : command;
        }
    }

    /** COPY and UID COPY. */
    public static final class Copy extends CopyCommandParser {
        @Inject
        public Copy(StatusResponseFactory responses) {
            super(responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session)
                throws DecodingException {
            boolean saved = startsWithSavedResult(request);
            ImapMessage command = super.decode(request, tag, uids, session);
            return saved ? whenItRuns(command, uids) : command;
        }
    }

    /** MOVE and UID MOVE. */
    public static final class Move extends MoveCommandParser {
        @Inject
        public Move(StatusResponseFactory responses) {
            super(responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session)
                throws DecodingException {
            boolean saved = startsWithSavedResult(request);
            ImapMessage command = super.decode(request, tag, uids, session);
            return saved ? whenItRuns(command, uids) : command;
        }
    }

    /** UID EXPUNGE; EXPUNGE takes no messages. */
    public static final class Expunge extends ExpungeCommandParser {
        @Inject
        public Expunge(StatusResponseFactory responses) {
            super(responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session)
                throws DecodingException {
            boolean saved = uids && startsWithSavedResult(request);
            ImapMessage command = super.decode(request, tag, uids, session);
            return saved ? whenItRuns(command, uids) : command;
        }
    }
}
