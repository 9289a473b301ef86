/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.util.Objects;

/**
 * Says which mailboxes an ESEARCH command is to search (RFC 7377 section 2.1, with the words of RFC 5465 section 6).
 */
public sealed interface MailboxSource {

    /** The selected mailbox. */
    record Selected() implements MailboxSource {}

    /** All mailboxes of the user's own. */
    record Personal() implements MailboxSource {}

    /** All mailboxes to which the user is subscribed. */
    record Subscribed() implements MailboxSource {}

    /**
     * A mailbox and those below it.
     *
     * @param name its name, decoded
     * @param oneLevel whether only those directly below it are meant
     */
    record Subtree(String name, boolean oneLevel) implements MailboxSource {
        public Subtree {
            Objects.requireNonNull(name);
        }
    }

    /**
     * One mailbox.
     *
     * @param name its name, decoded
     */
    record Named(String name) implements MailboxSource {
        public Named {
            Objects.requireNonNull(name);
        }
    }
}
