/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.text.MessageText;

/**
 * Reads the texts of listed messages, or of some of them, ahead of use. Where the caller asks for one after the other,
 * it reads more and more at once: a store takes as long to find one message as it takes to find many. For one thread.
 */
final class TextPrefetch {
    /** So much is read ahead at most, besides the message that goes beyond it. */
    private static final long MAX_OCTETS = 4L << 20;

    private static final int MAX_MESSAGES = 100;

    private final Store store;
    private final List<MessageMetadata> messages;
    private final Map<Long, MessageText> texts = new HashMap<>();
    private int ahead = 1;
    private int expected;
    private int lastRead = -1;

    /** Gives {@code each} the uid and the text of every message of a range of uids. */
    interface Store {
        void read(long first, long last, BiConsumer<Long, MessageText> each) throws IOException;
    }

    /** @param messages by ascending uid, all that the store has between the first and the last of them */
    TextPrefetch(Store store, List<MessageMetadata> messages) {
        this.store = store;
        this.messages = messages;
    }

    /**
     * The text of a message.
     *
     * @param index its place in the list, higher than the one asked for before
     * @return nothing where it was expunged meanwhile
     */
    Optional<MessageText> text(int index) throws IOException {
        long uid = messages.get(index).uid();
        if (index != expected) {
            ahead = 1;
        }
        if (index != expected || index > lastRead) {
            // there may be texts of messages that were not listed
            texts.clear();
            lastRead = last(index);
            store.read(uid, messages.get(lastRead).uid(), texts::put);
            ahead = Math.min(MAX_MESSAGES, 2 * ahead);
        }
        expected = index + 1;
        return Optional.ofNullable(texts.remove(uid));
    }

    private int last(int first) {
        int last = first;
        long octets = messages.get(first).size();
        while (last + 1 < messages.size() && last + 1 - first < ahead && octets < MAX_OCTETS) {
            last++;
            octets += messages.get(last).size();
        }
        return last;
    }
}
