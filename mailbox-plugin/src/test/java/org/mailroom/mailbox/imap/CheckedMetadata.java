/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.metadata.RefusedEntryException;

/** Refuses values that begin with {@code wrong}, fails at those that begin with {@code fail}, and notes what is written. */
final class CheckedMetadata implements MetadataCheck {
    private final List<String> written = new CopyOnWriteArrayList<>();

    @Override
    public void check(MailboxSession session, MailboxPath mailbox, List<MailboxAnnotation> entries)
            throws RefusedEntryException, MailboxException {
        for (MailboxAnnotation entry : entries) {
            String value = entry.getValue().orElse("");
            if (value.startsWith("wrong")) {
                throw new RefusedEntryException("line 1 of " + mailbox.getName() + "\nis " + value);
            }
            if (value.startsWith("fail")) {
                throw new MailboxException(value);
            }
        }
    }

    @Override
    public void written(MailboxPath mailbox, List<MailboxAnnotation> entries) {
        entries.forEach(
                entry -> written.add(mailbox.asString() + " " + entry.getKey().asString()));
    }

    List<String> written() {
        return written;
    }
}
