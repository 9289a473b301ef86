/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/** The untagged THREAD response (RFC 5256 section 4). */
public record ThreadData(NumberedThreads threads) implements ImapResponseMessage {}
