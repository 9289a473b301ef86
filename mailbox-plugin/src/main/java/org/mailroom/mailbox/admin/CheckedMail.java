/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.MessageText;
import reactor.core.Exceptions;

/** Asks searches and {@code match} the same about one mailbox. For one thread. */
final class CheckedMail {
    private static final int ATTEMPTS = 2;
    /** Longer than a change may be in the store before its event comes. */
    private static final long PAUSE = 100_000_000;

    private static final int MAX_WAITED_FOR = 10;

    private final SearchServices mail;
    private final SearchIndexConfiguration configuration;
    private final Clock clock;
    private final StoredMailbox mailbox;
    private final MailboxSession session;

    /** @param mailbox open, and the caller's to close */
    CheckedMail(SearchServices mail, SearchIndexConfiguration configuration, Clock clock, StoredMailbox mailbox) {
        this.mail = mail;
        this.configuration = configuration;
        this.clock = clock;
        this.mailbox = mailbox;
        this.session = mail.store().session(mailbox.owner());
    }

    /** A message with its whole text. */
    record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    /** A key of messages between two uids that match {@code key}. */
    static SearchKey within(long first, long last, SearchKey key) {
        NumberSet uids = new NumberSet(List.of(new NumberSet.Range(first, last)));
        return new SearchKey.And(List.of(new StoreKey.Uid(uids), key));
    }

    /** What a client would be answered. Blocks. */
    Set<Long> search(SearchKey key) throws MailboxException, IOException {
        try {
            return Arrays.stream(mail.search()
                            .search(mailbox.id(), session, key, SearchProgress.NONE, SearchControl.unlimited())
                            .block()
                            .uids())
                    .boxed()
                    .collect(Collectors.toSet());
        } catch (RuntimeException e) {
            Throwable cause = Exceptions.unwrap(e);
            if (cause instanceof MailboxException mailboxException) {
                throw mailboxException;
            } else if (cause instanceof IOException ioException) {
                throw ioException;
            }
            throw e;
        }
    }

    /** The message with its whole text; nothing where it was expunged. */
    Optional<View> read(long uid) throws IOException {
        View[] read = new View[1];
        mailbox.read(uid, uid, message -> read(message).ifPresent(view -> read[0] = view));
        return Optional.ofNullable(read[0]);
    }

    /** The message with its whole text; nothing where the store cannot give it. */
    Optional<View> read(StoredMessage message) {
        try (InputStream content = message.open()) {
            return Optional.of(new View(message.metadata(), mail.wholeMessages().read(content)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    MessageMatch match(SearchKey key) {
        return MessageMatch.of(key, configuration.signatureFields(), configuration.casemap());
    }

    /** Whether {@code match} finds the message; nothing where its text is past a limit. */
    Optional<Boolean> matches(MessageMatch match, NormalisedText message, Instant now) {
        try {
            return Optional.of(match.matches(message, now));
        } catch (TextLimitException e) {
            return Optional.empty();
        }
    }

    /** A difference that is still there when both are asked again, after changes that were under way. */
    Optional<Difference> confirmed(SearchKey key, String description, long uid, IndexProgress progress)
            throws MailboxException, IOException {
        Optional<Difference> difference = Optional.empty();
        for (int left = ATTEMPTS; left > 0; left--) {
            Instant now = clock.instant();
            Optional<View> view = read(uid);
            boolean found = !search(within(uid, uid, key)).isEmpty();
            if (view.isEmpty() && mailbox.metadata(uid).isPresent()) {
                return Optional.empty();
            }
            Optional<Boolean> matches =
                    view.isEmpty() ? Optional.of(false) : matches(match(key), new NormalisedText(view.get()), now);
            if (matches.isEmpty() || matches.get() == found) {
                return Optional.empty();
            }
            difference = Optional.of(
                    new Difference(mailbox.owner().asString(), mailbox.id().serialize(), uid, description, found));
            // where much differs, it is no change under way
            if (left > 1 && progress.differences() < MAX_WAITED_FOR) {
                progress.pause(PAUSE);
            }
        }
        return difference;
    }
}
