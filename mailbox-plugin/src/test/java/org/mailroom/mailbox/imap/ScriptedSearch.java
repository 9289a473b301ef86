/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import reactor.core.publisher.Mono;

/**
 * Searches by reading every message and asking {@code match}; or does, for a user, what a test tells it to do instead.
 */
final class ScriptedSearch implements MailboxSearch {
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Script reading = new Script() {
        @Override
        public Mono<Hits> search(MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
            return Mono.fromCallable(() -> scan(mailbox, session, key));
        }

        @Override
        public Optional<long[]> order(Hits hits, List<SortKey> keys) {
            return Optional.empty();
        }
    };
    private MailboxManager mailboxes;

    /** What is done instead of a search. */
    @FunctionalInterface
    interface Script {
        Mono<Hits> search(MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress);

        /** The order in which SORT has the hits; where there is none, that of what the messages say. */
        default Optional<long[]> order(Hits hits, List<SortKey> keys) {
            return Optional.of(hits.uids());
        }

        /** How relevant each of the hits is, in their order. */
        default int[] relevancies(Hits hits) {
            int[] relevancies = new int[hits.uids().length];
            Arrays.fill(relevancies, 100);
            return relevancies;
        }

        default Optional<List<MessageThread>> threads(ThreadAlgorithm algorithm) {
            return Optional.empty();
        }
    }

    @Inject
    void mailboxes(MailboxManager manager) {
        mailboxes = manager;
    }

    /** From now on {@code user}'s searches are made by {@code script}. */
    void script(String user, Script script) {
        scripts.put(user, script);
    }

    /** From now on what {@code user} sorts comes in the order of {@code uids}, of which only what is found is taken. */
    void sorted(String user, long... uids) {
        scripts.put(user, new Script() {
            @Override
            public Mono<Hits> search(
                    MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
                return Mono.fromCallable(() -> scan(mailbox, session, key));
            }

            @Override
            public Optional<long[]> order(Hits hits, List<SortKey> keys) {
                return Optional.of(Arrays.stream(uids)
                        .filter(uid -> Arrays.binarySearch(hits.uids(), uid) >= 0)
                        .toArray());
            }
        });
    }

    /** From now on {@code user}'s THREADs are {@code threads}, whatever is looked for. */
    void threaded(String user, List<MessageThread> threads) {
        scripts.put(user, new Script() {
            @Override
            public Mono<Hits> search(
                    MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
                return Mono.fromCallable(() -> scan(mailbox, session, key));
            }

            @Override
            public Optional<List<MessageThread>> threads(ThreadAlgorithm algorithm) {
                return Optional.of(threads);
            }
        });
    }

    /** The name of a mailbox, for scripts. */
    String nameOf(MailboxId mailbox, MailboxSession session) {
        try {
            return mailboxes.getMailbox(mailbox, session).getMailboxPath().getName();
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on {@code user}'s searches read the messages again. */
    void forget(String user) {
        scripts.remove(user);
    }

    @Override
    public Mono<Hits> search(
            MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress, SearchControl control) {
        return script(session).search(mailbox, session, key, progress);
    }

    @Override
    public Mono<Hits> sort(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control) {
        Script script = script(session);
        return script.search(mailbox, session, key, progress)
                .flatMap(hits -> Mono.fromCallable(() -> {
                    Optional<long[]> order = script.order(hits, keys);
                    return new Hits(
                            order.isPresent()
                                    ? order.get()
                                    : read(mailbox, session, hits).sorted(keys),
                            hits.highestModSeq());
                }));
    }

    @Override
    public Mono<RankedHits> rank(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control) {
        return sort(mailbox, session, key, keys, progress, control)
                .map(hits -> new RankedHits(hits, script(session).relevancies(hits)));
    }

    @Override
    public Mono<List<MessageThread>> thread(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            ThreadAlgorithm algorithm,
            SearchProgress progress,
            SearchControl control) {
        Script script = script(session);
        return script.search(mailbox, session, key, progress)
                .flatMap(hits -> Mono.fromCallable(() -> {
                    Optional<List<MessageThread>> threads = script.threads(algorithm);
                    return threads.isPresent()
                            ? threads.get()
                            : read(mailbox, session, hits).threads(algorithm);
                }));
    }

    private Script script(MailboxSession session) {
        return scripts.getOrDefault(session.getUser().asString(), reading);
    }

    private OrderedMessages read(MailboxId mailbox, MailboxSession session, Hits hits) throws Exception {
        OrderedMessages messages = new OrderedMessages();
        Iterator<MessageResult> all = mailboxes
                .getMailbox(mailbox, session)
                .getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session);
        while (all.hasNext()) {
            MessageResult message = all.next();
            MessageMetadata metadata = metadata(message);
            if (LongStream.of(hits.uids()).anyMatch(uid -> uid == metadata.uid())) {
                MessageText text =
                        new MessageTextReader().read(message.getFullContent().getInputStream());
                messages.add(metadata.uid(), OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size()));
            }
        }
        return messages;
    }

    /** The answer from reading the messages. */
    Hits scan(MailboxId mailbox, MailboxSession session, SearchKey key) throws Exception {
        MessageManager messages = mailboxes.getMailbox(mailbox, session);
        MessageMatch match = MessageMatch.of(key);
        Instant now = Instant.now();
        List<MessageMetadata> found = new ArrayList<>();
        Iterator<MessageResult> all = messages.getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session);
        while (all.hasNext()) {
            MessageResult message = all.next();
            MessageMetadata metadata = metadata(message);
            MessageText text =
                    new MessageTextReader().read(message.getFullContent().getInputStream());
            if (match.matches(new View(metadata, text), now)) {
                found.add(metadata);
            }
        }
        return new Hits(
                found.stream().mapToLong(MessageMetadata::uid).sorted().toArray(),
                SearchKeyTree.any(key, StoreKey.ModSeq.class::isInstance)
                        ? found.stream()
                                .mapToLong(MessageMetadata::modSeq)
                                .max()
                                .orElse(0)
                        : 0);
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    private static MessageMetadata metadata(MessageResult message) throws Exception {
        Flags flags = message.getFlags();
        Set<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
        for (SystemFlag flag : SystemFlag.values()) {
            if (flags.contains(flag(flag))) {
                system.add(flag);
            }
        }
        return new MessageMetadata(
                message.getUid().asLong(),
                message.getModSeq().asLong(),
                message.getInternalDate().toInstant(),
                message.getSaveDate().map(Date::toInstant),
                message.getSize(),
                new MessageMetadata.Flags(system, Set.of(flags.getUserFlags())),
                message.getMessageId().serialize(),
                message.getThreadId().serialize());
    }

    private static Flags.Flag flag(SystemFlag flag) {
        return switch (flag) {
            case ANSWERED -> Flags.Flag.ANSWERED;
            case DELETED -> Flags.Flag.DELETED;
            case DRAFT -> Flags.Flag.DRAFT;
            case FLAGGED -> Flags.Flag.FLAGGED;
            case SEEN -> Flags.Flag.SEEN;
        };
    }
}
