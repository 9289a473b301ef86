/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.mailroom.mailbox.admin.AuditLog.Asker;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.SearchLimits;

/** Searches a user's mail for an administrator, who has a reason for it. Each search is in the audit log. Thread-safe. */
public final class AdminSearch {
    public static final int LIMIT = 100;
    public static final int MAX_LIMIT = 10_000;
    private static final List<String> SHOWN = List.of("From", "To", "Subject", "Date", "Message-ID");

    private final SearchServices mail;
    private final IndexedUsers users;
    private final SearchLimits limits;
    private final AuditLog audit;

    @Inject
    public AdminSearch(SearchServices mail, IndexedUsers users, SearchLimits limits, AuditLog audit) {
        this.mail = mail;
        this.users = users;
        this.limits = limits;
        this.audit = audit;
    }

    /**
     * What is asked.
     *
     * @param mailbox the name or the id of the only mailbox
     * @param search in the syntax of IMAP's SEARCH
     * @param limit how many messages are listed at most
     * @param header whether some header fields are shown
     */
    public record Asked(String user, Optional<String> mailbox, String search, int limit, boolean header) {}

    /**
     * What was found.
     *
     * @param total how many messages match
     * @param messages the first ones: by mailbox, the newest first
     */
    public record Found(long total, List<Message> messages) {}

    /** A message that matches; {@code header} is empty where it was not asked for. */
    public record Message(
            String mailbox, String mailboxId, long uid, Instant internalDate, long size, Map<String, String> header) {}

    /**
     * Searches; blocks.
     *
     * @throws RefusedRequestException where it cannot be searched so
     * @throws IOException where the store cannot be read
     */
    public Found search(Asked asked, Asker asker) throws RefusedRequestException, IOException {
        if (asked.limit() < 0 || asked.limit() > MAX_LIMIT) {
            throw RefusedRequestException.invalid("limit is from 0 to " + MAX_LIMIT);
        }
        SearchKey key = SearchedUser.parse(asked.search(), limits);
        SearchedUser user = SearchedUser.of(mail, users, asked.user());
        List<MailStore.Named> mailboxes = user.mailboxes(asked.mailbox());
        audit.note(
                asker,
                "search",
                user.name().asString(),
                asked.mailbox().map(name -> "mailbox " + name).orElse("all mailboxes"),
                SearchKeyTree.kinds(key));
        long total = 0;
        List<Message> messages = new ArrayList<>();
        for (MailStore.Named mailbox : mailboxes) {
            long[] uids = user.search(mailbox, key);
            total += uids.length;
            int most = asked.limit() - messages.size();
            messages.addAll(list(user, mailbox, uids, most, asked.header()));
        }
        return new Found(total, messages);
    }

    private List<Message> list(SearchedUser user, MailStore.Named named, long[] uids, int most, boolean header)
            throws IOException {
        List<Message> messages = new ArrayList<>();
        Optional<StoredMailbox> opened =
                most > 0 && uids.length > 0 ? mail.store().open(user.name(), named.id()) : Optional.empty();
        if (opened.isPresent()) {
            try (StoredMailbox mailbox = opened.get()) {
                for (int i = uids.length - 1; i >= Math.max(0, uids.length - most); i--) {
                    mailbox.read(
                            uids[i],
                            uids[i],
                            header ? Extent.HEADER : Extent.METADATA,
                            message -> messages.add(message(named, message, header)));
                }
            }
        }
        return messages;
    }

    private static Message message(MailStore.Named mailbox, StoredMailbox.StoredMessage message, boolean header)
            throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        for (String name : header ? SHOWN : List.<String>of()) {
            message.header(name).ifPresent(value -> shown.put(name, value));
        }
        return new Message(
                mailbox.name(),
                mailbox.id().serialize(),
                message.metadata().uid(),
                message.metadata().internalDate(),
                message.metadata().size(),
                shown);
    }
}
