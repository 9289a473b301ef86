/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.util.Optional;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;

/** A question as it is asked, and each answer compared with the right one. For one thread. */
final class AskedQuestion implements Conversation.Attempt {
    private final Expected expected;
    private Optional<Judged> last = Optional.empty();

    /** An answer that is compared: the next one is mostly the same. */
    private record Judged(String said, Answer.Given answer) {}

    AskedQuestion(Expected expected) {
        this.expected = expected;
    }

    @Override
    public Answer.Given once(ImapConnection imap) throws IOException {
        long asked = System.nanoTime();
        ImapReply reply = imap.command(expected.question().text());
        double millis = Progress.millis(asked);
        String said = expected.said(reply.orFail());
        if (last.filter(judged -> judged.said().equals(said)).isEmpty()) {
            last = Optional.of(new Judged(said, expected.compare(said)));
        }
        return last.get().answer().first(millis);
    }
}
