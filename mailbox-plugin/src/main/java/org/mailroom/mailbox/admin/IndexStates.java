/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.mailroom.mailbox.admin.UserIndexState.Incomplete;
import org.mailroom.mailbox.admin.UserIndexState.Lag;
import org.mailroom.mailbox.admin.UserIndexState.Reasons;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.text.Completeness;
import org.mailroom.search.text.Gap;

/** Tells the state of users' indexes. Opens an index, but neither makes one nor catches up. Thread-safe. */
public final class IndexStates {
    /** Each is read once more to tell why. */
    private static final int MAX_READ = 20;

    private final SearchServices mail;
    private final IndexedUsers users;

    @Inject
    public IndexStates(SearchServices mail, IndexedUsers users) {
        this.mail = mail;
        this.users = users;
    }

    /** @throws IOException where the index or the store cannot be read */
    public UserIndexState of(Username user) throws IOException {
        UserIndexes indexes = users.indexes();
        String owner = user.asString();
        if (!indexes.exists(owner)) {
            return state(user, Optional.empty());
        }
        try (UserIndexes.Lease lease = indexes.lease(owner)) {
            return state(user, Optional.of(lease.index()));
        }
    }

    private UserIndexState state(Username user, Optional<UserIndex> index) throws IOException {
        List<UserIndexState.Mailbox> mailboxes = new ArrayList<>();
        Set<String> forgotten = new TreeSet<>();
        if (index.isPresent()) {
            forgotten.addAll(index.get().mailboxes());
        }
        for (MailStore.Named named : mail.store().mailboxes(user)) {
            Optional<StoredMailbox> opened = mail.store().open(user, named.id());
            if (opened.isPresent()) {
                try (StoredMailbox mailbox = opened.get()) {
                    mailboxes.add(state(named, mailbox, index));
                }
            }
            forgotten.remove(named.id().serialize());
        }
        return new UserIndexState(
                user.asString(),
                UserIndexes.directoryName(user.asString()),
                index.isPresent() ? Optional.of(index.get().figures()) : Optional.empty(),
                mail.health().trouble(user.asString()),
                mailboxes,
                List.copyOf(forgotten));
    }

    private UserIndexState.Mailbox state(MailStore.Named named, StoredMailbox mailbox, Optional<UserIndex> index)
            throws IOException {
        String id = named.id().serialize();
        Watermark stored = mailbox.watermark();
        Optional<Watermark> indexed = index.flatMap(is -> is.watermark(id));
        return new UserIndexState.Mailbox(
                named.name(),
                id,
                stored,
                indexed,
                mailbox.count(),
                index.isPresent() ? index.get().count(id) : 0,
                lag(stored, indexed),
                index.isPresent() ? incomplete(mailbox, index.get()) : new Incomplete(0, List.of()));
    }

    private static Lag lag(Watermark stored, Optional<Watermark> indexed) {
        Watermark from = indexed.filter(watermark -> watermark.uidValidity() == stored.uidValidity())
                .orElse(new Watermark(stored.uidValidity(), 0, 0));
        return new Lag(
                Math.max(0, stored.lastUid() - from.lastUid()),
                Math.max(0, stored.highestModSeq() - from.highestModSeq()));
    }

    private Incomplete incomplete(StoredMailbox mailbox, UserIndex index) throws IOException {
        UserIndex.Incomplete incomplete = index.incomplete(mailbox.id().serialize(), MAX_READ);
        List<Reasons> reasons = new ArrayList<>();
        for (long uid : incomplete.uids()) {
            mailbox.read(uid, uid, message -> reasons.add(new Reasons(uid, reasons(message))));
        }
        return new Incomplete(incomplete.count(), reasons);
    }

    private List<String> reasons(StoredMailbox.StoredMessage message) {
        try (InputStream content = message.open()) {
            Completeness completeness = mail.indexedTexts().read(content).completeness();
            Set<Gap> gaps = new HashSet<>(completeness.headerGaps());
            gaps.addAll(completeness.bodyGaps());
            return gaps.stream().sorted().map(IndexStates::reason).toList();
        } catch (IOException | RuntimeException e) {
            return List.of("the store cannot give the message: " + e);
        }
    }

    /** The name of a limit, or what else is the cause. */
    static String reason(Gap gap) {
        return gap.limit().orElse(gap.name().toLowerCase(Locale.ROOT));
    }
}
