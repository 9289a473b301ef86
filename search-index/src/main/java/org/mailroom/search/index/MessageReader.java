/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.Optional;
import org.mailroom.search.match.MessageView;

/**
 * Reads messages of a mailbox from the store, for the few that an index cannot decide (signature fields, messages past
 * a limit, long strings within long words). What it throws ends the search, so it may look at cancellation.
 */
@FunctionalInterface
public interface MessageReader {
    /**
     * The message, or nothing where it was expunged meanwhile.
     *
     * @throws IOException where the store cannot be read
     */
    Optional<MessageView> read(long uid) throws IOException;
}
