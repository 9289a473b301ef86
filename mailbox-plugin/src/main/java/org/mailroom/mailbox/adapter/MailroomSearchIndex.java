/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import javax.inject.Provider;
import javax.mail.Flags;
import org.apache.james.events.Group;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.sync.IndexingListener;
import org.mailroom.mailbox.sync.MailboxSync;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.SearchLimits;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answers James's searches as IMAP's are answered: exactly, completely, and only where James's rights let the session
 * read. Thread-safe.
 *
 * <p>James's interface for a search index that its reindexing commands can drive is also that of a listener. Do not
 * register this one: {@link IndexingListener} alone receives changes, so that there is one way for them to come.
 */
public final class MailroomSearchIndex extends ListeningMessageSearchIndex {
    private final Provider<SearchServices> mail;
    private final MailboxSessionMapperFactory mappers;
    private final SearchLimits limits;

    /** {@code mail} is asked for at the first search: it needs the mailboxes, which need a search index. */
    @Inject
    public MailroomSearchIndex(
            Provider<SearchServices> mail,
            MailboxSessionMapperFactory mappers,
            SessionProvider sessions,
            SearchIndexConfiguration configuration) {
        super(mappers, ImmutableSet.of(), sessions);
        this.mail = mail;
        this.mappers = mappers;
        this.limits = configuration.searchLimits();
    }

    @Override
    public EnumSet<SearchCapabilities> getSupportedCapabilities(EnumSet<MessageCapabilities> messageCapabilities) {
        return EnumSet.of(
                SearchCapabilities.MultimailboxSearch,
                SearchCapabilities.PartialEmailMatch,
                SearchCapabilities.Text,
                SearchCapabilities.Attachment,
                SearchCapabilities.AttachmentFileName);
    }

    @Override
    protected Flux<MessageUid> doSearch(MailboxSession session, Mailbox mailbox, SearchQuery query) {
        if (session == null) {
            throw new IllegalArgumentException("a search needs a session: it decides what may be read");
        }
        MailboxId id = mailbox.getMailboxId();
        return blocking(abandoned -> uids(new MailboxQuery(mail.get(), session, id, abandoned), query))
                .flatMapIterable(uids -> uids);
    }

    private List<MessageUid> uids(MailboxQuery mailbox, SearchQuery query) throws MailboxException, IOException {
        long[] uids = mailbox.search(query, limits);
        if (SortedMessages.isByUid(query.getSorts())) {
            return Arrays.stream(uids).mapToObj(MessageUid::of).toList();
        }
        SortedMessages messages =
                new SortedMessages(query.getSorts(), mail.get().wholeMessages());
        mailbox.read(uids, messages.extent(), message -> messages.add(0, message));
        return messages.sorted().stream().map(row -> MessageUid.of(row.uid())).toList();
    }

    /** Each message once, however many of the mailboxes it is in. A mailbox that may not be read has nothing to find. */
    @Override
    public Flux<MessageId> search(
            MailboxSession session, Collection<MailboxId> mailboxes, SearchQuery query, long limit) {
        return blocking(abandoned -> messageIds(session, mailboxes, query, limit, abandoned))
                .flatMapIterable(ids -> ids);
    }

    private List<MessageId> messageIds(
            MailboxSession session,
            Collection<MailboxId> mailboxes,
            SearchQuery query,
            long limit,
            BooleanSupplier abandoned)
            throws MailboxException, IOException {
        SortedMessages messages =
                new SortedMessages(query.getSorts(), mail.get().wholeMessages());
        int place = 0;
        for (MailboxId id : ImmutableSet.copyOf(mailboxes)) {
            int mailbox = place++;
            try {
                MailboxQuery in = new MailboxQuery(mail.get(), session, id, abandoned);
                in.read(in.search(query, limits), messages.extent(), message -> messages.add(mailbox, message));
            } catch (MailboxNotFoundException | InsufficientRightsException e) {
                // not the session's to search, or gone since it was listed
            }
        }
        Set<String> seen = new HashSet<>();
        return messages.sorted().stream()
                .map(SortedMessages.Row::id)
                .filter(id -> !id.isSerializable() || seen.add(id.serialize()))
                .limit(limit)
                .toList();
    }

    private interface Blocking<T> {
        T run(BooleanSupplier abandoned) throws MailboxException, IOException;
    }

    /** Threads that read the store are not interrupted: some stores close their files when they are. */
    private static <T> Mono<T> blocking(Blocking<T> work) {
        return Mono.create(sink -> {
            AtomicBoolean abandoned = new AtomicBoolean();
            sink.onCancel(() -> abandoned.set(true));
            Callable<T> call = () -> work.run(abandoned::get);
            Schedulers.boundedElastic().schedule(() -> {
                try {
                    sink.success(call.call());
                } catch (Exception | StackOverflowError e) {
                    sink.error(e);
                }
            });
        });
    }

    // What James's reindexing commands ask for. Searches stay right meanwhile: nothing is taken out of an index that is
    // in the store.

    /** Reads the message from the store again and replaces what is indexed of it. */
    @Override
    public Mono<Void> add(MailboxSession session, Mailbox mailbox, MailboxMessage message) {
        return Mono.fromRunnable(() -> sync().indexAgain(
                        mailbox.getUser(),
                        mailbox.getMailboxId(),
                        message.getUid().asLong()));
    }

    /** Compares the mailbox with the store. */
    @Override
    public Mono<Void> delete(MailboxSession session, MailboxId mailbox, Collection<MessageUid> expungedUids) {
        return compareAgain(session, mailbox);
    }

    /** Compares the mailbox with the store. */
    @Override
    public Mono<Void> update(MailboxSession session, MailboxId mailbox, List<UpdatedFlags> updatedFlags) {
        return compareAgain(session, mailbox);
    }

    /** Deletes nothing: each message is {@link #add}ed next, which replaces it. */
    @Override
    public Mono<Void> deleteAll(MailboxSession session, MailboxId mailbox) {
        return Mono.empty();
    }

    /**
     * Reports no known flags, so that a reindexing of outdated messages reads every one: an administrator who asks has
     * a reason.
     */
    @Override
    public Mono<Flags> retrieveIndexedFlags(Mailbox mailbox, MessageUid uid) {
        return Mono.empty();
    }

    /** Does nothing: what {@link #add} has done is done. James 3.9 calls it after a reindexing; 3.8 does not know it. */
    public void postReindexing() {
        // no @Override: see org.mailroom.mailbox.james
    }

    private Mono<Void> compareAgain(MailboxSession session, MailboxId id) {
        return mappers.getMailboxMapper(session)
                .findMailboxById(id)
                .doOnNext(mailbox -> sync().compareAgain(mailbox.getUser(), id))
                .onErrorResume(MailboxNotFoundException.class, e -> Mono.empty())
                .then();
    }

    private MailboxSync sync() {
        return mail.get().sync();
    }

    @Override
    public Group getDefaultGroup() {
        return new IndexingListener.IndexingGroup();
    }
}
