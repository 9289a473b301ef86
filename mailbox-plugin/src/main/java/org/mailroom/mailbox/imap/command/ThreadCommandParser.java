/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchLimits;

/**
 * Reads THREAD and UID THREAD (RFC 5256). It extends James's parser of SEARCH because James lets only its own classes
 * parse what stands behind UID. Thread-safe.
 */
public final class ThreadCommandParser extends SearchCommandParser {
    private static final String KNOWN =
            Stream.of(ThreadAlgorithm.values()).map(ThreadAlgorithm::name).collect(Collectors.joining(", "));

    private final CommandReader reader;

    @Inject
    public ThreadCommandParser(StatusResponseFactory responses, SearchLimits limits) {
        super(new CommandStatusResponses(responses, ThreadCommand.THREAD));
        this.reader = new CommandReader(ThreadCommand.THREAD, responses, limits);
    }

    @Override
    public ImapCommand getCommand() {
        return ThreadCommand.THREAD;
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean uids, ImapSession session) {
        return reader.read(
                request,
                tag,
                session,
                input -> new ThreadCommand(tag, uids, algorithm(input), reader.criteriaAfterCharset(input)));
    }

    private static ThreadAlgorithm algorithm(CommandInput input) throws IOException, BadCommandException {
        String word = input.word();
        return Stream.of(ThreadAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadCommandException(
                        (word.isEmpty() ? "THREAD needs an algorithm" : "THREAD does not know the algorithm " + word)
                                + "; it knows " + KNOWN));
    }
}
