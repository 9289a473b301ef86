/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/** The untagged THREAD response (RFC 5256 section 4). */
record ThreadData(NumberedThreads threads) implements ImapResponseMessage {}
