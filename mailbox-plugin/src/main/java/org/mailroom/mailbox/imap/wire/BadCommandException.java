/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

/** Refuses a command that is wrong, to be answered with BAD. The message says how, for the client's user. */
public final class BadCommandException extends Exception {
    private static final long serialVersionUID = 1;

    public BadCommandException(String reason) {
        super(reason);
    }
}
