/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.inmemory.mail.InMemoryMessageMapper;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

/** James's in-memory store; counts what is read, and can end a move between copying and deleting. */
final class WatchedStore extends InMemoryMailboxSessionMapperFactory {
    final AtomicInteger bodiesRead = new AtomicInteger();
    final AtomicInteger headersRead = new AtomicInteger();
    final AtomicInteger metadataRead = new AtomicInteger();

    /** Counts down; the move that finds 1 is ended in the midst. */
    final AtomicInteger movesUntilHalfMove = new AtomicInteger();

    /** Counts down; the move that finds 1 fails before it begins. */
    final AtomicInteger movesUntilNoMove = new AtomicInteger();

    private final Map<MailboxId, NavigableMap<MessageUid, MailboxMessage>> frozen = new ConcurrentHashMap<>();
    private volatile boolean isFrozen;
    private final InMemoryMessageMapper mapper;

    WatchedStore(Clock clock) {
        super(clock);
        mapper = new Watched(clock);
    }

    @Override
    public InMemoryMessageMapper createMessageMapper(MailboxSession session) {
        return mapper;
    }

    /**
     * Nothing changes from here on. James's in-memory store goes through the whole mailbox for each range, as no other
     * does: from now on messages are found by their uids.
     */
    void freeze() {
        isFrozen = true;
    }

    private final class Watched extends InMemoryMessageMapper {
        Watched(Clock clock) {
            super(null, getUidProvider(), getModSeqProvider(), clock);
        }

        @Override
        public Iterator<MailboxMessage> findInMailbox(Mailbox mailbox, MessageRange set, FetchType type, int max) {
            AtomicInteger count =
                    switch (type) {
                        case FULL, ATTACHMENTS_METADATA -> bodiesRead;
                        case HEADERS -> headersRead;
                        case METADATA -> metadataRead;
                    };
            Iterator<MailboxMessage> messages = isFrozen
                    ? frozen(mailbox)
                            .subMap(set.getUidFrom(), true, set.getUidTo(), true)
                            .values()
                            .iterator()
                    : super.findInMailbox(mailbox, set, type, max);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return messages.hasNext();
                }

                @Override
                public MailboxMessage next() {
                    count.incrementAndGet();
                    return messages.next();
                }
            };
        }

        private NavigableMap<MessageUid, MailboxMessage> frozen(Mailbox mailbox) {
            return frozen.computeIfAbsent(mailbox.getMailboxId(), first -> {
                NavigableMap<MessageUid, MailboxMessage> messages = new TreeMap<>();
                super.findInMailbox(mailbox, MessageRange.all(), FetchType.METADATA, UNLIMITED)
                        .forEachRemaining(message -> messages.put(message.getUid(), message));
                return messages;
            });
        }

        @Override
        public MessageMetaData move(Mailbox mailbox, MailboxMessage original) throws MailboxException {
            if (movesUntilNoMove.get() > 0 && movesUntilNoMove.decrementAndGet() == 0) {
                throw new MailboxException("the store does not move now");
            }
            if (movesUntilHalfMove.get() > 0 && movesUntilHalfMove.decrementAndGet() == 0) {
                copy(mailbox, original);
                throw new MailboxException("the store was stopped in the midst of a move");
            }
            return super.move(mailbox, original);
        }
    }
}
