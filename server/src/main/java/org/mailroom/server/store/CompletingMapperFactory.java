/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import javax.inject.Inject;
import javax.persistence.EntityManagerFactory;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.jpa.JPAMailboxSessionMapperFactory;
import org.apache.james.mailbox.jpa.mail.JPAModSeqProvider;
import org.apache.james.mailbox.jpa.mail.JPAUidProvider;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.user.SubscriptionMapper;

/** James's JPA mappers, each a {@link CompletingMapper}. Thread-safe. */
final class CompletingMapperFactory extends JPAMailboxSessionMapperFactory {

    @Inject
    CompletingMapperFactory(EntityManagerFactory entityManagers, JPAUidProvider uids, JPAModSeqProvider modSeqs) {
        super(entityManagers, uids, modSeqs);
    }

    @Override
    public MailboxMapper createMailboxMapper(MailboxSession session) {
        return CompletingMapper.of(MailboxMapper.class, super.createMailboxMapper(session));
    }

    @Override
    public MessageMapper createMessageMapper(MailboxSession session) {
        return CompletingMapper.of(MessageMapper.class, super.createMessageMapper(session));
    }

    @Override
    public SubscriptionMapper createSubscriptionMapper(MailboxSession session) {
        return CompletingMapper.of(SubscriptionMapper.class, super.createSubscriptionMapper(session));
    }

    @Override
    public AnnotationMapper createAnnotationMapper(MailboxSession session) {
        return CompletingMapper.of(AnnotationMapper.class, super.createAnnotationMapper(session));
    }

    /** James leaves out the mapper of annotations. */
    @Override
    public void endProcessingRequest(MailboxSession session) {
        super.endProcessingRequest(session);
        if (session != null && session.getAttributes().get(ANNOTATIONMAPPER) instanceof AnnotationMapper mapper) {
            mapper.endRequest();
        }
    }
}
