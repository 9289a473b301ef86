/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.SearchQuery;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessageConsumer;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/** Answers one query in one mailbox. Blocks; for one thread. */
final class MailboxQuery implements MessageInspection {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailboxQuery.class);
    /** How many messages are asked of the store at a time. */
    private static final int MAX_AT_ONCE = 200;

    private static final long WIDEST = 1_000;

    private final SearchServices mail;
    private final MailboxSession session;
    private final MailboxId mailbox;
    private final BooleanSupplier abandoned;
    private Optional<SearchKey> known = Optional.empty();

    /** {@code abandoned} says whether the caller gave up waiting for the answer. */
    MailboxQuery(SearchServices mail, MailboxSession session, MailboxId mailbox, BooleanSupplier abandoned) {
        this.mail = mail;
        this.session = session;
        this.mailbox = mailbox;
        this.abandoned = abandoned;
    }

    /** The uids of the messages that match, ascending. */
    long[] search(SearchQuery query, SearchLimits limits) throws MailboxException, IOException {
        SearchKey key = new QueryTranslation(
                        query.getRecentMessageUids(), limits, this, mail.wholeMessages(), mail.casemap())
                .key(query.getCriteria());
        // messages that came since were not looked at: they must not slip in through a NOT
        return search(known.isPresent() ? SimplifiedKeys.all(key, known.get()) : key);
    }

    @Override
    public SearchKey among(SearchKey candidates, Extent extent, MessageTest test) throws MailboxException, IOException {
        if (known.isEmpty()) {
            known = Optional.of(SimplifiedKeys.uids(Arrays.stream(search(SimplifiedKeys.EVERYTHING))));
        }
        LongStream.Builder passed = LongStream.builder();
        read(search(candidates), extent, message -> {
            if (passes(message, test)) {
                passed.add(message.metadata().uid());
            }
        });
        return SimplifiedKeys.uids(passed.build());
    }

    /** A message that cannot be read has no text here, as it has none in the index. */
    private boolean passes(StoredMessage message, MessageTest test) {
        try {
            return test.holds(message);
        } catch (IOException | RuntimeException e) {
            LOGGER.warn(
                    "Message {} of mailbox {} cannot be read: a search passes it over",
                    message.metadata().uid(),
                    mailbox.serialize(),
                    e);
            return false;
        }
    }

    /** Reads those of the messages {@code uids} (ascending) that are still there. */
    void read(long[] uids, Extent extent, StoredMessageConsumer consumer) throws MailboxException, IOException {
        if (uids.length == 0) {
            return;
        }
        try (StoredMailbox stored = mail.store().openReadableBy(session, mailbox)) {
            for (List<Long> batch : batches(uids, extent)) {
                Set<Long> wanted = Set.copyOf(batch);
                stored.read(batch.get(0), batch.get(batch.size() - 1), extent, message -> {
                    check();
                    if (wanted.contains(message.metadata().uid())) {
                        consumer.accept(message);
                    }
                });
            }
        }
    }

    /** What the store reads as a whole must be small: whole messages one by one. */
    private static List<List<Long>> batches(long[] uids, Extent extent) {
        int most = extent == Extent.CONTENT ? 1 : MAX_AT_ONCE;
        List<List<Long>> batches = new ArrayList<>();
        for (long uid : uids) {
            List<Long> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
            if (last.isEmpty() || last.size() == most || uid - last.get(0) >= WIDEST) {
                last = new ArrayList<>();
                batches.add(last);
            }
            last.add(uid);
        }
        return batches;
    }

    private long[] search(SearchKey key) throws MailboxException {
        check();
        if (key.equals(SimplifiedKeys.NOTHING)) {
            return new long[0];
        }
        try {
            return mail.search()
                    .search(mailbox, session, key, SearchProgress.NONE)
                    .blockOptional()
                    .orElseThrow()
                    .uids();
        } catch (RuntimeException e) {
            Throwable cause = Exceptions.unwrap(e);
            if (cause instanceof MailboxException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private void check() {
        if (abandoned.getAsBoolean()) {
            throw new CancellationException("the search was cancelled");
        }
    }
}
