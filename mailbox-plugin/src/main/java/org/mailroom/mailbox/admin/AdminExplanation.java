/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.mailroom.mailbox.admin.AuditLog.Asker;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;

/**
 * Explains to an administrator, who has a reason for it, why a search finds a message or does not. Each explanation is in the
 * audit log. Thread-safe.
 */
public final class AdminExplanation {
    private static final int MAX_MESSAGES = 10;

    private final SearchServices mail;
    private final IndexedUsers users;
    private final SearchIndexConfiguration configuration;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    public AdminExplanation(
            SearchServices mail,
            IndexedUsers users,
            SearchIndexConfiguration configuration,
            AuditLog audit,
            Clock clock) {
        this.mail = mail;
        this.users = users;
        this.configuration = configuration;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What is asked: of a message, given by mailbox and uid or by its Message-ID, and a search.
     *
     * @param mailbox name or id
     * @param search in the syntax of IMAP's SEARCH
     */
    public record Asked(
            String user, Optional<String> mailbox, Optional<Long> uid, Optional<String> messageId, String search) {}

    /**
     * Explains; blocks.
     *
     * @return one for each message with that Message-ID, of a bounded number
     * @throws RefusedRequestException where there is no such message or no such search
     * @throws IOException where the store cannot be read
     */
    public List<ExplainedMessage> explain(Asked asked, Asker asker) throws RefusedRequestException, IOException {
        return explain(asked, SearchedUser.parse(asked.search(), configuration.searchLimits()), "explain", asker);
    }

    /**
     * As {@link #explain(Asked, Asker)}, for search keys that are parsed already, such as conditions of rules.
     *
     * @param what what the audit log calls it
     */
    public List<ExplainedMessage> explain(Asked asked, SearchKey key, String what, Asker asker)
            throws RefusedRequestException, IOException {
        if (asked.uid().isPresent() == asked.messageId().isPresent()
                || asked.uid().isPresent() && asked.mailbox().isEmpty()) {
            throw RefusedRequestException.invalid("which message? Give mailbox and uid, or messageId");
        }
        SearchedUser user = SearchedUser.of(mail, users, asked.user());
        List<MailStore.Named> mailboxes = user.mailboxes(asked.mailbox());
        String message = asked.uid()
                .map(uid -> "message " + uid + " of mailbox " + asked.mailbox().orElseThrow())
                .orElseGet(() -> "messages " + asked.messageId().orElseThrow());
        audit.note(asker, what, user.name().asString(), message, SearchKeyTree.kinds(key));
        List<ExplainedMessage> explained = new ArrayList<>();
        for (MailStore.Named mailbox : mailboxes) {
            for (long uid : uids(user, mailbox, asked)) {
                if (explained.size() < MAX_MESSAGES) {
                    explain(user, mailbox, uid, key).ifPresent(explained::add);
                }
            }
        }
        if (explained.isEmpty()) {
            throw RefusedRequestException.notFound(
                    "there is no " + message + ": it was never stored, or it was expunged or moved");
        }
        return explained;
    }

    private long[] uids(SearchedUser user, MailStore.Named mailbox, Asked asked)
            throws IOException, RefusedRequestException {
        return asked.uid().isPresent()
                ? new long[] {asked.uid().get()}
                : user.search(
                        mailbox,
                        new MailKey.Header("Message-ID", asked.messageId().orElseThrow()));
    }

    private Optional<ExplainedMessage> explain(SearchedUser user, MailStore.Named named, long uid, SearchKey key)
            throws IOException, RefusedRequestException {
        Optional<StoredMailbox> opened = mail.store().open(user.name(), named.id());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (StoredMailbox mailbox = opened.get()) {
            return new OneExplanation(mail, users, configuration, clock, user, named, mailbox).of(uid, key);
        }
    }
}
