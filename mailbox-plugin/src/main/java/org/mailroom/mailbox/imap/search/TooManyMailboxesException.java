/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

/** Refuses a command that means more mailboxes than one command may search. */
final class TooManyMailboxesException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param most how many there may be */
    TooManyMailboxesException(int most) {
        super("more than " + most + " mailboxes in one command");
    }
}
