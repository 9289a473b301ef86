/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;

/** Who has mail. */
@FunctionalInterface
public interface MailUsers {

    /** @throws MailboxException where they cannot be listed */
    List<Username> all() throws MailboxException;
}
