/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.mailroom.search.match.MessageMatch;

/**
 * Is a condition in IMAP SEARCH syntax on mail in transit. Immutable and thread-safe.
 *
 * <p>It answers as a search would the moment the mail, as it is now, was appended to a mailbox: its internal date is
 * now, its size that of the message as it is now, it has no flags, no keywords and no save date (so UNSEEN matches, and
 * SEEN does not). It cannot ask for what only a message in a mailbox has: UID, MODSEQ, EMAILID, THREADID, sequence
 * numbers, {@code $}, RECENT, NEW and OLD.
 */
public final class MailCondition {
    private final MessageMatch match;
    private final MailConditions conditions;

    MailCondition(MessageMatch match, MailConditions conditions) {
        this.match = match;
        this.conditions = conditions;
    }

    /**
     * Whether {@code mail} matches. Reads its message once, as a stream, and only where the condition needs its text; the
     * mail is not changed.
     *
     * @throws MessagingException where the message cannot be read; never because it is malformed
     * @throws org.mailroom.search.match.TextLimitException where the answer depends on text that is past a limit
     */
    public boolean matches(Mail mail) throws MessagingException {
        return matches(conditions.look(mail));
    }

    /** As {@link #matches(Mail)}, for a mail that several conditions look at. */
    public boolean matches(MailView mail) throws MessagingException {
        try {
            return match.matches(mail.text(), mail.now());
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            throw new MessagingException(
                    "the message of mail " + mail.mail() + " cannot be read: " + cause.getMessage(), cause);
        }
    }
}
