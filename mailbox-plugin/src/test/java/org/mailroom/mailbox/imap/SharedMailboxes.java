/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;

/** Mailboxes of one user to which another one has rights and is subscribed: James's IMAP lets nobody subscribe to them. */
final class SharedMailboxes {
    private MailboxManager mailboxes;
    private SubscriptionManager subscriptions;

    @Inject
    void managers(MailboxManager mailboxManager, SubscriptionManager subscriptionManager) {
        mailboxes = mailboxManager;
        subscriptions = subscriptionManager;
    }

    /** @param rights letters of RFC 4314 */
    void share(String owner, String mailbox, String with, String rights) throws Exception {
        MailboxPath path = MailboxPath.forUser(Username.of(owner), mailbox);
        MailboxSession ownerSession = mailboxes.createSystemSession(path.getUser());
        mailboxes.setRights(
                path,
                MailboxACL.EMPTY.apply(MailboxACL.command()
                        .forUser(Username.of(with))
                        .rights(MailboxACL.Rfc4314Rights.deserialize(rights))
                        .asAddition()),
                ownerSession);
        subscriptions.subscribe(mailboxes.createSystemSession(Username.of(with)), path);
    }
}
