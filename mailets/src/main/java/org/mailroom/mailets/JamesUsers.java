/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.mailroom.mailets.runs.MailUsers;

/** Lists the users that James knows. */
final class JamesUsers implements MailUsers {
    private final UsersRepository users;

    @Inject
    JamesUsers(UsersRepository users) {
        this.users = users;
    }

    @Override
    public List<Username> all() throws MailboxException {
        try {
            List<Username> all = new ArrayList<>();
            users.list().forEachRemaining(all::add);
            return all;
        } catch (UsersRepositoryException e) {
            throw new MailboxException("the users cannot be listed: " + e.getMessage(), e);
        }
    }
}
