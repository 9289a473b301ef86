/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.time.Instant;
import java.util.List;
import javax.mail.Flags;

/**
 * A message from a file, ready to be appended.
 *
 * @param content the whole message with CRLF line ends
 * @param received its internal date
 * @param flags its flags and keywords
 * @param labels the names of further mailboxes that show it
 */
record SourceMessage(byte[] content, Instant received, Flags flags, List<String> labels) {
    /** Larger ones are not imported: a message is held in memory while it is appended. */
    static final int MAX_OCTETS = 100 << 20;

    SourceMessage(byte[] content, Instant received, Flags flags) {
        this(content, received, flags, List.of());
    }

    /** Stands for a message that is larger than {@link #MAX_OCTETS}. */
    static SourceMessage tooLong() {
        return new SourceMessage(new byte[0], Instant.EPOCH, new Flags());
    }

    boolean isTooLong() {
        return content.length == 0;
    }
}
