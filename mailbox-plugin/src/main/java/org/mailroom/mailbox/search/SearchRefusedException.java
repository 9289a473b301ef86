/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import org.apache.james.mailbox.exception.MailboxException;

/** Refuses a search because too many others wait. The message is fit for the client. */
public final class SearchRefusedException extends MailboxException {
    private static final long serialVersionUID = 1;

    public SearchRefusedException(String message) {
        super(message);
    }
}
