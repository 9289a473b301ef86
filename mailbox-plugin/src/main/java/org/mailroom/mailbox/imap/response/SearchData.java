/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.util.OptionalLong;
import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * The untagged SEARCH response (RFC 3501 section 7.2.5), or SORT response (RFC 5256 section 4).
 *
 * @param name {@code SEARCH} or {@code SORT}
 * @param numbers sequence numbers or uids, in the order in which they are sent
 * @param modSeq the highest modification sequence among the messages, where the client asked for MODSEQ and there is
 *     one (RFC 7162 section 3.1.5)
 */
public record SearchData(String name, long[] numbers, OptionalLong modSeq) implements ImapResponseMessage {}
