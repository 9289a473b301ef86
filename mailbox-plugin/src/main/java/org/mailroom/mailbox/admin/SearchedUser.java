/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;
import org.mailroom.search.query.SessionKeys;
import reactor.core.Exceptions;

/**
 * A user whose mail an administrator searches: as the user would, in the user's own mailboxes. The searches of one request
 * share the deadline of a command. For one thread; blocks.
 */
final class SearchedUser {
    private final SearchServices mail;
    private final Username user;
    private final MailboxSession session;
    private final SearchControl control;

    private SearchedUser(SearchServices mail, Username user) {
        this.mail = mail;
        this.user = user;
        this.session = mail.store().session(user);
        this.control = mail.search().controlOfCommand();
    }

    static SearchedUser of(SearchServices mail, IndexedUsers users, String name)
            throws RefusedRequestException, IOException {
        Username user;
        try {
            user = Username.of(name);
        } catch (IllegalArgumentException e) {
            throw RefusedRequestException.invalid("'" + name + "' is no name of a user: " + e.getMessage());
        }
        if (!users.exists(user)) {
            throw RefusedRequestException.notFound("there is no user " + name);
        }
        return new SearchedUser(mail, user);
    }

    Username name() {
        return user;
    }

    /** What is written in the syntax of IMAP's SEARCH. */
    static SearchKey parse(String search, SearchLimits limits) throws RefusedRequestException {
        try {
            SearchKey key = new SearchKeyParser(limits).parseCondition(search);
            if (SessionKeys.in(key)) {
                throw RefusedRequestException.invalid(
                        "sequence numbers, *, $, RECENT, NEW and OLD mean something in an IMAP session only");
            }
            return key;
        } catch (SearchSyntaxException e) {
            throw RefusedRequestException.invalid("the search is not in IMAP's syntax: " + e.getMessage());
        }
    }

    /** All mailboxes, or the one with this name or id. */
    List<MailStore.Named> mailboxes(Optional<String> named) throws IOException, RefusedRequestException {
        List<MailStore.Named> all = mail.store().mailboxes(user);
        if (named.isEmpty()) {
            return all;
        }
        String wanted = named.get();
        List<MailStore.Named> found = all.stream()
                .filter(mailbox -> mailbox.name().equals(wanted)
                        || mailbox.id().serialize().equals(wanted)
                        || wanted.equalsIgnoreCase("INBOX") && mailbox.name().equalsIgnoreCase("INBOX"))
                .toList();
        if (found.isEmpty()) {
            throw RefusedRequestException.notFound(user.asString() + " has no mailbox " + wanted);
        }
        return found;
    }

    /**
     * The uids that match, ascending.
     *
     * @throws RefusedRequestException where a client would be answered NO or BAD
     */
    long[] search(MailStore.Named mailbox, SearchKey key) throws IOException, RefusedRequestException {
        try {
            return mail.search()
                    .search(mailbox.id(), session, key, SearchProgress.NONE, control)
                    .block()
                    .uids();
        } catch (RuntimeException e) {
            Throwable cause = Exceptions.unwrap(e);
            if (cause instanceof SearchStoppedException
                    || cause instanceof SearchRefusedException
                    || cause instanceof TextLimitException) {
                throw RefusedRequestException.invalid("the search is refused: " + cause.getMessage());
            } else if (cause instanceof MailboxException || cause instanceof IOException) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw e;
        }
    }
}
