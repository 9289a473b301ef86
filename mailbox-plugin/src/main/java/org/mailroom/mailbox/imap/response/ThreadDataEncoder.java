/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.io.IOException;
import java.util.Arrays;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@code * THREAD}. Without state; however deep threads are, nothing recurses. */
public final class ThreadDataEncoder implements ImapResponseEncoder<ThreadData> {
    private static final int TYPICAL_NUMBER = 8;

    @Override
    public Class<ThreadData> acceptableMessages() {
        return ThreadData.class;
    }

    @Override
    public void encode(ThreadData data, ImapResponseComposer composer) throws IOException {
        NumberedThreads threads = data.threads();
        SequenceSetWriter text = new SequenceSetWriter(threads.numbers().length * TYPICAL_NUMBER).text("THREAD");
        if (threads.numbers().length > 0) {
            text.character(' ');
            lists(threads.numbers(), threads.replies(), text);
        }
        composer.untagged().message(text.toBytes()).end();
    }

    /** {@code 1*thread-list}: a single reply stands behind its message, several stand in brackets of their own. */
    private static void lists(long[] numbers, int[] replies, SequenceSetWriter text) {
        // for each list that is open: how many of the lists in it are still to come to their end
        int[] open = new int[16];
        int depth = 0;
        for (int i = 0; i < numbers.length; i++) {
            text.character('(');
            if (numbers[i] > 0) {
                text.number(numbers[i]);
            }
            while (replies[i] == 1) {
                text.character(' ').number(numbers[++i]);
            }
            if (replies[i] > 1) {
                if (numbers[i] > 0) {
                    text.character(' ');
                }
                if (depth == open.length) {
                    open = Arrays.copyOf(open, 2 * depth);
                }
                open[depth++] = replies[i];
            } else {
                text.character(')');
                while (depth > 0 && --open[depth - 1] == 0) {
                    depth--;
                    text.character(')');
                }
            }
        }
    }
}
