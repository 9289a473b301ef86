/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.mailroom.mailbox.imap.command.ReturnOptions;

/**
 * The untagged ESEARCH response (RFC 4731 section 3.1, RFC 5267 section 3.1, RFC 6203 section 4, RFC 9394 section 3.1).
 *
 * @param tag the tag of the command that is answered
 * @param mailbox whose messages they are, where the command may have asked for several (RFC 7377 section 2.1)
 * @param uids whether {@code numbers} are uids
 * @param options what is to be said of {@code numbers}
 * @param numbers all sequence numbers or uids that were found, in the order that was asked for
 * @param relevancies how relevant each of {@code numbers} is; empty where that was not asked for
 * @param modSeq the modification sequence to be said, where the client asked for MODSEQ and there is one
 */
public record ESearchData(
        Tag tag,
        Optional<Source> mailbox,
        boolean uids,
        ReturnOptions options,
        long[] numbers,
        int[] relevancies,
        OptionalLong modSeq)
        implements ImapResponseMessage {

    /**
     * A mailbox that was searched.
     *
     * @param name its name as the client knows it, in Unicode
     */
    public record Source(String name, long uidValidity) {
        public Source {
            Objects.requireNonNull(name);
        }
    }

    public ESearchData {
        Objects.requireNonNull(tag);
        Objects.requireNonNull(mailbox);
        Objects.requireNonNull(options);
        Objects.requireNonNull(numbers);
        Objects.requireNonNull(relevancies);
        Objects.requireNonNull(modSeq);
    }
}
