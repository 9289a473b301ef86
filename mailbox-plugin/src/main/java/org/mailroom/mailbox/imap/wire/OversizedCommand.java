/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import org.apache.james.imap.api.ImapMessage;

/**
 * Stands for a command that is longer than Mailroom reads: where the next one begins is not known, and the connection
 * ends.
 *
 * @param reason for the client's user
 */
public record OversizedCommand(String reason) implements ImapMessage {}
