/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.match.TextLimitException;
import reactor.core.Exceptions;

/**
 * Turns the error of a search into what its client gets: a response code of RFC 5530 and a text without the inside of
 * things.
 *
 * @param code the response code
 * @param text for the client's user
 */
record SearchFailure(String code, String text) {
    private static final String UNAVAILABLE = "UNAVAILABLE";
    private static final String SERVERBUG = "SERVERBUG";
    private static final String SEE_LOG = "; the server's log has the reason";

    static SearchFailure of(Throwable thrown) {
        Throwable error = Exceptions.unwrap(thrown);
        if (error instanceof MailboxNotFoundException) {
            return new SearchFailure("NONEXISTENT", "the mailbox is no longer there");
        }
        if (error instanceof InsufficientRightsException) {
            return new SearchFailure("NOPERM", "you may not read this mailbox");
        }
        if (error instanceof SearchStoppedException stopped) {
            return switch (stopped.reason()) {
                case DEADLINE -> new SearchFailure(
                        "LIMIT", message(error) + " (search-limits deadline): ask for less, or in fewer mailboxes");
                case CANCELLED -> new SearchFailure("CONTACTADMIN", message(error));
                case LEFT -> new SearchFailure("UNAVAILABLE", message(error));
            };
        }
        if (error instanceof TextLimitException limit) {
            return new SearchFailure(
                    "LIMIT",
                    "the answer depends on text of message " + limit.uid() + " that is past the limit "
                            + limit.limit());
        }
        if (isLimit(error)) {
            return new SearchFailure("LIMIT", message(error));
        }
        if (error instanceof MailboxNameException) {
            return new SearchFailure("CANNOT", "no mailbox can have this name: " + message(error));
        }
        if (error instanceof MailboxException
                || error instanceof IOException
                || error instanceof UncheckedIOException) {
            return new SearchFailure(UNAVAILABLE, "the messages could not be read" + SEE_LOG);
        }
        return new SearchFailure(SERVERBUG, "something unexpected happened" + SEE_LOG);
    }

    private static String message(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.toString());
    }

    /** Whether the operator is to know: what a client brings about by itself is the client's to know. */
    boolean isFault() {
        return code.equals(UNAVAILABLE) || code.equals(SERVERBUG);
    }

    /** Whether somebody, or a limit that somebody has set, does not want the search: nothing is broken. */
    static boolean isLimit(Throwable error) {
        return error instanceof TooManyMailboxesException
                || error instanceof SearchRefusedException
                || error instanceof SearchStoppedException
                || error instanceof TextLimitException;
    }
}
