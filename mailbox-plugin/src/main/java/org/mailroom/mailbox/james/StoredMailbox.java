/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MessageResultIterator;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.match.MessageMetadata;

/**
 * Reads one mailbox of the store with a session of its own, so that nothing it answers is older than the question. It
 * gives messages to the caller one by one, and they may be opened only then; the store need not remember them after
 * that. For one thread; close it when done.
 */
public final class StoredMailbox implements AutoCloseable {
    private final MailboxManager mailboxes;
    private final MailboxSession session;
    private final MessageManager messages;
    /** How many are under way, one inside the other. */
    private int readings;

    StoredMailbox(MailboxManager mailboxes, MailboxSession session, MessageManager messages) {
        this.mailboxes = mailboxes;
        this.session = session;
        this.messages = messages;
    }

    public MailboxId id() {
        return messages.getId();
    }

    public Username owner() {
        return session.getUser();
    }

    /**
     * How far the mailbox has come: every change that is in the store now has a uid or a modification sequence up to
     * here. Changes that are being made may have taken theirs already and come into the store later. Cheap.
     */
    public Watermark watermark() throws StoreException {
        return reading("the state", () -> {
            // one item at a time: asked for together, James 3.8.1 reads them in parallel on one JPA entity manager
            MailboxMetaData changed = metaData(Item.HighestModSeq);
            MailboxMetaData uids = metaData(Item.NextUid);
            return new Watermark(
                    uids.getUidValidity().asLong(),
                    uids.getUidNext().asLong() - 1,
                    changed.getHighestModSeq().asLong());
        });
    }

    /**
     * Whether nothing came into the mailbox and no flags changed since it was at {@code watermark}: James gives each message
     * that is stored and each change of flags a modification sequence. One read of the store.
     */
    public boolean isStillAt(Watermark watermark) throws StoreException {
        return reading("the state", () -> {
            MailboxMetaData changed = metaData(Item.HighestModSeq);
            return changed.getUidValidity().asLong() == watermark.uidValidity()
                    && changed.getHighestModSeq().asLong() == watermark.highestModSeq();
        });
    }

    private MailboxMetaData metaData(Item item) throws MailboxException {
        return messages.getMetaData(RecentMode.IGNORE, session, EnumSet.of(item));
    }

    /** How many messages the mailbox has. May cost the store a look at each. */
    public long count() throws StoreException {
        return reading("the number of messages", () -> messages.getMessageCount(session));
    }

    /** Tells {@code consumer} of each message whose uid is between {@code first} and {@code last}, ascending. */
    public void list(long first, long last, Consumer<MessageMetadata> consumer) throws StoreException {
        this.<StoreException>forEach(first, last, FetchGroup.MINIMAL, result -> {
            consumer.accept(new LoadedMessage(result, Extent.METADATA).metadata());
            return true;
        });
    }

    /** How much of messages is read. */
    public enum Extent {
        /** No content. */
        METADATA(FetchGroup.MINIMAL),
        /** The header only. */
        HEADER(FetchGroup.HEADERS),
        /** All of it. */
        CONTENT(FetchGroup.FULL_CONTENT);

        private final FetchGroup group;

        Extent(FetchGroup group) {
            this.group = group;
        }
    }

    /** One message as far as it was asked for. */
    public interface StoredMessage {
        MessageMetadata metadata();

        /** James's name for the message; stores that have none give one that must not be compared. */
        MessageId id();

        /**
         * The message, or its header, as it is; close it when done.
         *
         * @throws IOException where this one cannot be read
         * @throws IllegalStateException where only metadata were asked for
         */
        InputStream open() throws IOException;

        /**
         * The value of the first header field {@code name} (in any case), neither unfolded nor decoded; nothing where
         * there is none.
         *
         * @throws IOException where the header cannot be read
         */
        Optional<String> header(String name) throws IOException;
    }

    /** Takes messages one by one. */
    @FunctionalInterface
    public interface StoredMessageConsumer {
        void accept(StoredMessage message) throws IOException;
    }

    /** Takes messages one by one as long as it wants more. */
    @FunctionalInterface
    public interface StoredMessageTaker {
        /** Whether it wants the next one too. */
        boolean take(StoredMessage message) throws IOException;
    }

    /**
     * Gives {@code consumer} each message whose uid is between {@code first} and {@code last}, ascending. Stores read
     * such a range as a whole into memory: keep it small.
     */
    public void read(long first, long last, StoredMessageConsumer consumer) throws IOException {
        read(first, last, Extent.CONTENT, consumer);
    }

    /** As {@link #read(long, long, StoredMessageConsumer)}, but reads of each message no more than {@code extent}. */
    public void read(long first, long last, Extent extent, StoredMessageConsumer consumer) throws IOException {
        this.<IOException>forEach(first, last, extent.group, result -> {
            consumer.accept(new LoadedMessage(result, extent));
            return true;
        });
    }

    /**
     * Gives {@code taker} messages as {@link #read(long, long, StoredMessageConsumer)} does, until it wants no more. The
     * content of the others is not read by stores that read it when it is asked for; others read as many messages at a
     * time as James's {@code batchsizes.properties} says.
     */
    public void readSome(long first, long last, StoredMessageTaker taker) throws IOException {
        this.<IOException>forEach(
                first, last, Extent.CONTENT.group, result -> taker.take(new LoadedMessage(result, Extent.CONTENT)));
    }

    /** The metadata of one message; nothing where it is gone. */
    public Optional<MessageMetadata> metadata(long uid) throws StoreException {
        MessageMetadata[] found = new MessageMetadata[1];
        list(uid, uid, metadata -> found[0] = metadata);
        return Optional.ofNullable(found[0]);
    }

    @Override
    public void close() {
        mailboxes.endProcessingRequest(session);
    }

    private interface ResultTaker<E extends IOException> {
        /** Whether it wants the next one too. */
        boolean take(MessageResult result) throws E;
    }

    private <E extends IOException> void forEach(long first, long last, FetchGroup what, ResultTaker<E> taker)
            throws E, StoreException {
        if (first > last) {
            return;
        }
        readings++;
        try {
            give(first, last, what, taker);
        } finally {
            readings--;
            if (readings == 0) {
                // James's JPA store remembers each message it has given until it learns that nobody needs it
                mailboxes.endProcessingRequest(session);
            }
        }
    }

    private <E extends IOException> void give(long first, long last, FetchGroup what, ResultTaker<E> taker)
            throws E, StoreException {
        MessageRange range = MessageRange.range(MessageUid.of(first), MessageUid.of(last));
        MessageResultIterator results =
                reading("messages " + first + ":" + last, () -> messages.getMessages(range, what, session));
        boolean more = true;
        while (more && reading("messages " + first + ":" + last, results::hasNext)) {
            more = taker.take(reading("messages " + first + ":" + last, results::next));
        }
        // James ends the iteration where reading fails and keeps the reason
        if (results.getException() != null) {
            throw failure("messages " + first + ":" + last, results.getException());
        }
    }

    private interface Reading<T> {
        T read() throws MailboxException;
    }

    private <T> T reading(String what, Reading<T> reading) throws StoreException {
        try {
            return reading.read();
        } catch (MailboxException | RuntimeException e) {
            throw failure(what, e);
        }
    }

    private StoreException failure(String what, Exception e) {
        return new StoreException(
                "cannot read " + what + " of mailbox " + id().serialize() + " of " + owner().asString() + ": " + e, e);
    }
}
