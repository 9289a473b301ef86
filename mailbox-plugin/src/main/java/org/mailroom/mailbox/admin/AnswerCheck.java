/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.index.Hits;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;

/** Compares the answer of a live search with {@code match}, for some messages it found and some it did not. Thread-safe. */
final class AnswerCheck {
    private static final int MAX_FOUND = 50;
    private static final int RUNS = 10;
    private static final int RUN = 10;

    private final SearchServices mail;
    private final SearchIndexConfiguration configuration;
    private final Clock clock;

    AnswerCheck(SearchServices mail, SearchIndexConfiguration configuration, Clock clock) {
        this.mail = mail;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** The first message about which they differ, and still do when both are asked again. */
    Optional<Difference> difference(
            Username asker, MailboxId id, SearchKey key, Instant at, Hits hits, IndexProgress progress)
            throws IOException, MailboxException {
        MailboxSession session = mail.store().session(asker);
        try (StoredMailbox mailbox = mail.store().openReadableBy(session, id)) {
            CheckedMail checked = new CheckedMail(mail, configuration, clock, mailbox);
            Set<Long> found = Arrays.stream(hits.uids()).boxed().collect(Collectors.toSet());
            String description = "a live search with the keys " + SearchKeyTree.kinds(key);
            MessageMatch match = checked.match(key);
            for (long uid : sample(mailbox, hits.uids())) {
                progress.done(1);
                Optional<CheckedMail.View> view = checked.read(uid);
                Optional<Boolean> matches = view.flatMap(is -> checked.matches(match, new NormalisedText(is), at));
                if (matches.isPresent() && matches.get() != found.contains(uid)) {
                    Optional<Difference> difference = checked.confirmed(key, description, uid, progress);
                    if (difference.isPresent()) {
                        return difference;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static Collection<Long> sample(StoredMailbox mailbox, long[] found) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Set<Long> uids = new TreeSet<>();
        for (int i = 0; i < Math.min(MAX_FOUND, found.length); i++) {
            uids.add(found[random.nextInt(found.length)]);
        }
        long last = mailbox.watermark().lastUid();
        for (int i = 0; i < RUNS && last > 0; i++) {
            long first = 1 + random.nextLong(last);
            mailbox.list(first, first + RUN - 1, message -> uids.add(message.uid()));
        }
        return uids;
    }
}
