/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.index.StoredIndex;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what administrators order to be done to indexes, one user after the other, while searches go on. What fails for one
 * user is noted, and the next one's turn comes. Thread-safe; blocks.
 */
public final class IndexWork {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexWork.class);
    /** How often, and how long each time, the deletion of an index waits for those who use it. */
    private static final int DELETE_ATTEMPTS = 300;

    private static final long DELETE_PAUSE = 100_000_000;

    private final SearchServices mail;
    private final IndexedUsers users;
    private final MailboxVerification verification;
    private final MailboxRebuild rebuild;

    @Inject
    public IndexWork(SearchServices mail, IndexedUsers users, SearchIndexConfiguration configuration, Clock clock) {
        this.mail = mail;
        this.users = users;
        this.verification = new MailboxVerification(mail, configuration, clock);
        this.rebuild = new MailboxRebuild(mail);
    }

    /**
     * Carries {@code order} out.
     *
     * @return whether all went well: nothing failed, nothing differed
     * @throws CancellationException where it was cancelled
     * @throws IOException where users or indexes cannot be listed
     */
    public boolean carryOut(IndexOrder order, IndexProgress progress) throws IOException {
        if (order.action() == IndexAction.SWEEP) {
            sweep(progress);
        } else {
            Set<String> all = users(order);
            progress.expect(all.size());
            for (String user : all) {
                progress.check();
                progress.begin(user);
                tryFor(user, order, progress);
                progress.end(user);
            }
        }
        IndexProgress.Snapshot end = progress.snapshot();
        return end.failures() == 0 && end.differences() == 0;
    }

    private Set<String> users(IndexOrder order) throws IOException {
        Set<String> all = new TreeSet<>(order.users());
        if (order.users().isEmpty()) {
            if (order.action() == IndexAction.REBUILD) {
                all.addAll(users.known());
            }
            users.list().stream().filter(listed -> !listed.orphan()).forEach(listed -> listed.user()
                    .ifPresent(all::add));
        }
        order.from().ifPresent(from -> all.removeIf(user -> user.compareTo(from) < 0));
        return all;
    }

    private void tryFor(String user, IndexOrder order, IndexProgress progress) {
        try {
            workFor(Username.of(user), order, progress);
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | MailboxException | RuntimeException e) {
            LOGGER.warn("The index of {}: {} failed", user, order.action().word(), e);
            progress.failed(user, String.valueOf(e.getMessage()));
        }
    }

    private void workFor(Username user, IndexOrder order, IndexProgress progress) throws IOException, MailboxException {
        switch (order.action()) {
            case VERIFY -> {
                for (MailStore.Named mailbox : mailboxes(user, order)) {
                    verification.verify(user, mailbox.id(), order.strings(), progress);
                }
            }
            case REBUILD -> {
                for (MailStore.Named mailbox : mailboxes(user, order)) {
                    rebuild.rebuild(user, mailbox.id(), progress);
                }
                optimize(user, progress, false);
            }
            case OPTIMIZE -> optimize(user, progress, true);
            case DELETE -> delete(user.asString(), progress);
            case SWEEP -> throw new IllegalStateException("sweep is not for one user");
        }
    }

    private List<MailStore.Named> mailboxes(Username user, IndexOrder order) throws IOException {
        List<MailStore.Named> mailboxes = new ArrayList<>(mail.store().mailboxes(user));
        order.mailbox()
                .ifPresent(only ->
                        mailboxes.removeIf(mailbox -> !mailbox.id().serialize().equals(only)));
        if (mailboxes.isEmpty() && order.mailbox().isPresent()) {
            throw new IOException(
                    "there is no mailbox with the id " + order.mailbox().get());
        }
        return mailboxes;
    }

    private void optimize(Username user, IndexProgress progress, boolean counted) throws IOException {
        if (!users.indexes().exists(user.asString())) {
            return;
        }
        try (UserIndexes.Lease lease = users.indexes().lease(user.asString())) {
            UserIndex index = lease.index();
            int messages = index.figures().messages();
            index.optimize();
            if (counted) {
                progress.done(messages);
            }
        }
    }

    private void delete(String user, IndexProgress progress) throws IOException {
        if (!users.indexes().exists(user)) {
            return;
        }
        for (int left = DELETE_ATTEMPTS; left > 0; left--) {
            if (users.indexes().deleteUnused(user, () -> true)) {
                return;
            }
            progress.pause(DELETE_PAUSE);
        }
        throw new IOException("the index is in use all the time; try again when its user searches less");
    }

    private void sweep(IndexProgress progress) throws IOException {
        List<IndexedUsers.Listed> orphans =
                users.list().stream().filter(IndexedUsers.Listed::orphan).toList();
        progress.expect(orphans.size());
        for (IndexedUsers.Listed orphan : orphans) {
            progress.check();
            String name = orphan.user().orElse(orphan.stored().directory());
            progress.begin(name);
            try {
                sweep(orphan);
            } catch (IOException | RuntimeException e) {
                LOGGER.warn("The index of {}, whom James does not know, cannot be deleted", name, e);
                progress.failed(name, String.valueOf(e.getMessage()));
            }
            progress.end(name);
        }
    }

    private void sweep(IndexedUsers.Listed orphan) throws IOException {
        StoredIndex stored = orphan.stored();
        if (orphan.user().isEmpty()) {
            users.indexes().deleteStored(stored);
        } else if (!users.indexes()
                .deleteUnused(
                        orphan.user().get(), () -> users.isOrphan(orphan.user().get()))) {
            throw new IOException("it is in use, or its user is there again");
        }
        LOGGER.info("The search index in {}, of a user that is gone, is deleted", stored.directory());
    }
}
