/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailroom.server.harness.ImapConnection;

/** A message that is stored and searched for at once; each time another one. For one thread. */
final class StoredMessage implements Conversation.Attempt {
    private int number;

    @Override
    public Answer.Given once(ImapConnection imap) throws IOException {
        String word = "atonce" + number++ + "x";
        byte[] message = ("Subject: at once\r\n\r\nWhat came " + word + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long begin = System.nanoTime();
        imap.append("mail", message, "").orFail();
        List<Long> found = imap.uidSearch("BODY \"" + word + "\"");
        double millis = Progress.millis(begin);
        return new Answer.Given(millis, millis, found.isEmpty() ? 1 : 0, Math.max(0, found.size() - 1), true);
    }
}
