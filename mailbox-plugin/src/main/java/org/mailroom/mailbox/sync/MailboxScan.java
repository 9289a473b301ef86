/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.SignatureFields;

/**
 * Answers a search by looking at every message of the mailbox, for when its index cannot be used. What is like something
 * only an index can tell: FUZZY finds what its key finds, and all of that is as relevant.
 */
final class MailboxScan {
    /** Stores read a range of messages as a whole into memory. */
    private static final int READ_AT_ONCE = 200;

    private final MessageTextSource texts;
    private final SignatureFields signatures;
    private final Casemap casemap;

    MailboxScan(MessageTextSource texts, SignatureFields signatures, Casemap casemap) {
        this.texts = texts;
        this.signatures = signatures;
        this.casemap = casemap;
    }

    /** How relevant messages that were found are, from 1 to 100. */
    static int[] relevancies(int messages) {
        int[] relevancies = new int[messages];
        Arrays.fill(relevancies, 100);
        return relevancies;
    }

    /** @throws StoreException where the store cannot be read */
    Hits search(StoredMailbox mailbox, SearchKey key, Instant now, SearchProgress progress, SearchControl control)
            throws IOException {
        LongStream.Builder uids = LongStream.builder();
        long[] highestModSeq = new long[1];
        long[] done = new long[1];
        long total = mailbox.count();
        MessageMatch match = MessageMatch.of(key, signatures, casemap);
        UidWindows.forEach(mailbox, 1, mailbox.watermark().lastUid(), (first, last, messages) -> {
            TextPrefetch ahead = new TextPrefetch(textsOf(mailbox), messages);
            for (int i = 0; i < messages.size(); i++) {
                control.message();
                control.check();
                MessageMetadata message = messages.get(i);
                if (matches(match, new Lazy(ahead, i, message), now)) {
                    uids.add(message.uid());
                    highestModSeq[0] = Math.max(highestModSeq[0], message.modSeq());
                }
                progress.report(++done[0], Math.max(total, done[0]));
            }
        });
        return new Hits(uids.build().toArray(), highestModSeq[0]);
    }

    /**
     * What messages are ordered by, from their headers, after a search has looked at all of the mailbox; those that were
     * expunged meanwhile are left out.
     *
     * @param uids ascending
     * @throws StoreException where the store cannot be read
     */
    OrderedMessages read(StoredMailbox mailbox, long[] uids, SearchProgress progress, SearchControl control)
            throws IOException {
        OrderedMessages messages = new OrderedMessages(control);
        long before = mailbox.count();
        for (int from = 0; from < uids.length; ) {
            control.check();
            int to = from + 1;
            while (to < uids.length && to - from < READ_AT_ONCE && uids[to] - uids[to - 1] == 1) {
                to++;
            }
            mailbox.read(uids[from], uids[to - 1], Extent.HEADER, message -> texts.text(mailbox, message)
                    .ifPresent(text -> messages.add(
                            message.metadata().uid(),
                            OrderValues.of(
                                    text.envelope(),
                                    message.metadata().internalDate(),
                                    message.metadata().size()))));
            from = to;
            progress.report(before + from, before + uids.length);
        }
        return messages;
    }

    private TextPrefetch.Store textsOf(StoredMailbox mailbox) {
        return (first, last, each) -> mailbox.read(first, last, message -> texts.text(mailbox, message)
                .ifPresent(text -> each.accept(message.metadata().uid(), text)));
    }

    private static boolean matches(MessageMatch match, MessageView message, Instant now) throws IOException {
        try {
            return match.matches(message, now);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class Lazy implements MessageView {
        private final TextPrefetch ahead;
        private final int index;
        private final MessageMetadata metadata;
        private Optional<MessageText> text = Optional.empty();

        Lazy(TextPrefetch ahead, int index, MessageMetadata metadata) {
            this.ahead = ahead;
            this.index = index;
            this.metadata = metadata;
        }

        @Override
        public MessageMetadata metadata() {
            return metadata;
        }

        @Override
        public MessageText text() {
            if (text.isEmpty()) {
                text = Optional.of(read());
            }
            return text.get();
        }

        private MessageText read() {
            try {
                // a message that was expunged meanwhile is no loss: the next thing its session learns is that
                return ahead.text(index).orElseGet(MessageTextSource::none);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
