/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.mailroom.search.query.SearchKey;

/** What a SEARCH command searches for, as far as it could be read. */
sealed interface Criteria {

    /** A search key, as the client wrote it: sequence numbers and {@code $} are resolved when the command runs. */
    record Key(SearchKey key) implements Criteria {}

    /** Strings in a charset that is not known: to be answered with NO, when the command's turn has come. */
    record UnknownCharset(String reason) implements Criteria {}
}
