/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.match.MessageMetadata;

/**
 * Lists a mailbox in windows of uids, so that its size does not decide how much heap it takes: a window grows where
 * there are few messages in it and shrinks where there are many.
 */
public final class UidWindows {
    private static final int FEW = 500;
    private static final int MANY = 4_000;
    private static final long FIRST_WIDTH = 2_000;
    private static final long GREATEST_WIDTH = 1L << 40;

    private UidWindows() {}

    /** Takes the messages of a window: all there are with a uid between {@code first} and {@code last}. */
    @FunctionalInterface
    public interface WindowConsumer {
        void accept(long first, long last, List<MessageMetadata> messages) throws IOException;
    }

    /** Gives {@code consumer} window after window, ascending, from {@code first} to {@code last} without a gap. */
    public static void forEach(StoredMailbox mailbox, long first, long last, WindowConsumer consumer)
            throws IOException {
        long width = FIRST_WIDTH;
        long start = first;
        while (start <= last) {
            long end = Math.min(last, start + width - 1);
            List<MessageMetadata> messages = new ArrayList<>();
            mailbox.list(start, end, messages::add);
            consumer.accept(start, end, messages);
            if (messages.size() < FEW) {
                width = Math.min(width * 4, GREATEST_WIDTH);
            } else if (messages.size() > MANY) {
                width = Math.max(width / 4, FIRST_WIDTH);
            }
            start = end + 1;
        }
    }
}
