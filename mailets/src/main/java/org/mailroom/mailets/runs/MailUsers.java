/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;

/** Lists the users who have mail. */
@FunctionalInterface
public interface MailUsers {

    /** @throws MailboxException where they cannot be listed */
    List<Username> all() throws MailboxException;

    /**
     * Those that somebody asks for, or all where nobody is named.
     *
     * @throws RunRefusedException where one of them is no user
     * @throws MailboxException where the users cannot be listed
     */
    default List<Username> asked(List<Username> named) throws RunRefusedException, MailboxException {
        List<Username> all = all();
        for (Username user : named) {
            if (!all.contains(user)) {
                throw new RunRefusedException(
                        RunRefusedException.Reason.NOT_FOUND, "there is no user " + user.asString());
            }
        }
        return named.isEmpty() ? all : named;
    }
}
