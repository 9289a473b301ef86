/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import java.time.Clock;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.inmemory.mail.InMemoryMessageMapper;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

/** James's in-memory store, which counts the messages that are read from it, in whole or in part. */
@Singleton
final class CountingStore extends InMemoryMailboxSessionMapperFactory {
    private final AtomicLong messagesRead = new AtomicLong();
    private final InMemoryMessageMapper mapper;

    @Inject
    CountingStore(Clock clock) {
        super(clock);
        mapper = new InMemoryMessageMapper(null, getUidProvider(), getModSeqProvider(), clock) {
            @Override
            public Iterator<MailboxMessage> findInMailbox(Mailbox mailbox, MessageRange set, FetchType type, int max) {
                Iterator<MailboxMessage> found = super.findInMailbox(mailbox, set, type, max);
                if (type == FetchType.METADATA) {
                    return found;
                }
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return found.hasNext();
                    }

                    @Override
                    public MailboxMessage next() {
                        messagesRead.incrementAndGet();
                        return found.next();
                    }
                };
            }
        };
    }

    @Override
    public InMemoryMessageMapper createMessageMapper(MailboxSession session) {
        return mapper;
    }

    /** How many messages have been read so far, by anybody: more than their flags and dates. */
    long messagesRead() {
        return messagesRead.get();
    }
}
