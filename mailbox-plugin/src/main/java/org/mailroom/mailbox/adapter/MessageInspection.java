/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.query.SearchKey;

/** Decides by reading messages what no search key can say. For one query in one mailbox, and one thread. */
interface MessageInspection {

    /** A test of one message. */
    @FunctionalInterface
    interface MessageTest {
        boolean holds(StoredMessage message) throws IOException;
    }

    /**
     * A key that matches the messages that match {@code candidates} and pass {@code test}, and no others. What
     * {@code test} looks at must never change in a message.
     *
     * @param extent how much of a message {@code test} looks at
     */
    SearchKey among(SearchKey candidates, Extent extent, MessageTest test) throws MailboxException, IOException;
}
