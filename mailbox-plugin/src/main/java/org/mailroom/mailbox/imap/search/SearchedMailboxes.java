/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.MailboxSearchFetchType;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.MailboxMetaData.Selectability;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.model.search.PrefixedWildcard;
import org.mailroom.mailbox.imap.command.MailboxSource;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.james.MailboxNames;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds the mailboxes that the sources of an ESEARCH command mean (RFC 7377 section 2.1). As the RFC wants it, it
 * passes over those that are missing, that the user may not read or, where they are not named, not see. Thread-safe.
 */
final class SearchedMailboxes {
    private static final int MAX_MAILBOXES = 10_000;

    private final MailboxManager mailboxes;
    private final SubscriptionManager subscriptions;

    SearchedMailboxes(MailboxManager mailboxes, SubscriptionManager subscriptions) {
        this.mailboxes = mailboxes;
        this.subscriptions = subscriptions;
    }

    /**
     * Each mailbox once, in the order of the sources.
     *
     * @param selected the selected mailbox, where there is one
     * @return or an error: {@link BadCommandException} where the selected mailbox is meant and there is none, {@link
     *     TooManyMailboxesException}, or James's
     */
    Mono<List<SearchedMailbox>> of(
            List<MailboxSource> sources, ImapSession session, Optional<SelectedMailbox> selected) {
        return Flux.fromIterable(sources)
                .concatMap(source -> of(source, session, selected))
                .distinct(SearchedMailbox::id)
                .take(MAX_MAILBOXES + 1)
                .collectList()
                .flatMap(found -> found.size() > MAX_MAILBOXES
                        ? Mono.error(new TooManyMailboxesException(MAX_MAILBOXES))
                        : Mono.just(found));
    }

    private Flux<SearchedMailbox> of(MailboxSource source, ImapSession session, Optional<SelectedMailbox> selected) {
        MailboxSession user = session.getMailboxSession();
        if (source instanceof MailboxSource.Selected) {
            return selected(user, selected).flux();
        } else if (source instanceof MailboxSource.Personal) {
            return listed(
                    MailboxQuery.privateMailboxesBuilder(user)
                            .matchesAllMailboxNames()
                            .build(),
                    user);
        } else if (source instanceof MailboxSource.Subscribed) {
            return subscribed(user);
        } else if (source instanceof MailboxSource.Subtree subtree) {
            return path(subtree.name(), session)
                    .flatMapMany(root -> Flux.concat(named(root, user), below(root, subtree.oneLevel(), user)));
        } else if (source instanceof MailboxSource.Named named) {
            return path(named.name(), session)
                    .flatMap(path -> named(path, user))
                    .flux();
        }
        return Flux.error(new IllegalArgumentException("a source of mailboxes that is not known: " + source));
    }

    private Mono<SearchedMailbox> selected(MailboxSession user, Optional<SelectedMailbox> selected) {
        return selected.isEmpty()
                ? Mono.error(new BadCommandException("no mailbox is selected; name mailboxes as IN (personal)"))
                : Mono.from(mailboxes.getMailboxReactive(selected.get().getMailboxId(), user))
                        .map(mailbox -> SearchedMailbox.of(entity(mailbox)));
    }

    private Flux<SearchedMailbox> subscribed(MailboxSession user) {
        return Flux.defer(() -> {
                    try {
                        return subscriptions.subscriptionsReactive(user);
                    } catch (MailboxException e) {
                        return Flux.error(e);
                    }
                })
                .sort(Comparator.comparing(MailboxPath::asString))
                .concatMap(path -> named(path, user));
    }

    /** Mailboxes that the user may see. */
    private Flux<SearchedMailbox> listed(MailboxQuery query, MailboxSession user) {
        return mailboxes
                .search(query, MailboxSearchFetchType.Minimal, user)
                .filter(mailbox -> mailbox.getSelectability() != Selectability.NOSELECT)
                .sort(MailboxMetaData.COMPARATOR)
                // James lists on threads that must not block, and what follows may
                .publishOn(Schedulers.boundedElastic())
                .concatMap(mailbox -> readable(mailbox.getMailbox(), user));
    }

    private Flux<SearchedMailbox> below(MailboxPath root, boolean oneLevel, MailboxSession user) {
        char delimiter = user.getPathDelimiter();
        String prefix = root.getName() + delimiter;
        MailboxQuery query = MailboxQuery.builder()
                .userAndNamespaceFrom(root)
                .expression(new PrefixedWildcard(prefix))
                .build();
        return listed(query, user)
                .filter(mailbox -> !oneLevel || mailbox.path().getName().indexOf(delimiter, prefix.length()) < 0);
    }

    private Mono<SearchedMailbox> named(MailboxPath path, MailboxSession user) {
        return Mono.defer(() -> Mono.from(mailboxes.getMailboxReactive(path, user)))
                .flatMap(mailbox -> readable(entity(mailbox), user))
                .onErrorResume(
                        error -> error instanceof MailboxNotFoundException
                                || error instanceof InsufficientRightsException,
                        error -> Mono.empty());
    }

    private Mono<SearchedMailbox> readable(Mailbox mailbox, MailboxSession user) {
        try {
            return mailboxes.hasRight(mailbox, Right.Read, user)
                    ? Mono.just(SearchedMailbox.of(mailbox))
                    : Mono.empty();
        } catch (MailboxException e) {
            return Mono.error(e);
        }
    }

    private static Mailbox entity(MessageManager mailbox) {
        try {
            return mailbox.getMailboxEntity();
        } catch (MailboxException e) {
            throw Exceptions.propagate(e);
        }
    }

    /** The path of a mailbox that the client named; none where James lets nobody name it. */
    private static Mono<MailboxPath> path(String name, ImapSession session) {
        return Mono.justOrEmpty(MailboxNames.path(name, session.getMailboxSession()));
    }
}
