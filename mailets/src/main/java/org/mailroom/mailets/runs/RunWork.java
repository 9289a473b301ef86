/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import org.apache.james.mailbox.exception.MailboxException;

/** Does what a run does between the first and the last line of its journal. */
@FunctionalInterface
interface RunWork {

    /**
     * Does all of it.
     *
     * @throws RunStoppedException where it ended before everything was done
     * @throws IOException where the journal cannot be written
     * @throws MailboxException where the store cannot be read; the run can resume later
     */
    void run() throws RunStoppedException, IOException, MailboxException;
}
