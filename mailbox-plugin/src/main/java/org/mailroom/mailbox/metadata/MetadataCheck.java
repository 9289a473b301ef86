/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.metadata;

import java.util.List;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * Looks at entries of METADATA that clients write: those that it knows, and lets all others pass. Bound in a Guice set of
 * them. Thread-safe.
 */
public interface MetadataCheck {

    /**
     * Lets entries be written by returning. Called by a thread that may wait.
     *
     * @param mailbox whose entries they are; whether it is there, and {@code session} may do that, is not known yet
     * @param entries all that the client writes at once; those that are to go are nil
     * @throws RefusedEntryException where they are wrong: none of them is written
     * @throws MailboxException where that cannot be found out
     */
    void check(MailboxSession session, MailboxPath mailbox, List<MailboxAnnotation> entries)
            throws RefusedEntryException, MailboxException;

    /** Entries that were let pass are written by now, or could not be; the client does not know yet. */
    void written(MailboxPath mailbox, List<MailboxAnnotation> entries);
}
