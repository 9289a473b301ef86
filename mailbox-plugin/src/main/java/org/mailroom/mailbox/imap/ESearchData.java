/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.Objects;
import java.util.OptionalLong;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * The untagged ESEARCH response (RFC 4731 section 3.1, RFC 9394 section 3.1).
 *
 * @param tag the tag of the command that is answered
 * @param uids whether {@code numbers} are uids
 * @param options what is to be said of {@code numbers}
 * @param numbers all sequence numbers or uids that were found, ascending
 * @param modSeq the modification sequence to be said, where the client asked for MODSEQ and there is one
 */
record ESearchData(Tag tag, boolean uids, ReturnOptions options, long[] numbers, OptionalLong modSeq)
        implements ImapResponseMessage {

    ESearchData {
        Objects.requireNonNull(tag);
        Objects.requireNonNull(options);
        Objects.requireNonNull(numbers);
        Objects.requireNonNull(modSeq);
    }
}
