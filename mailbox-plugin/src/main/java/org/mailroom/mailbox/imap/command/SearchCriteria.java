/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import org.mailroom.search.query.SearchKey;

/** Holds what a SEARCH command searches for, as far as it could be read. */
public sealed interface SearchCriteria {

    /** A search key, as the client wrote it: sequence numbers and {@code $} are resolved when the command runs. */
    record Key(SearchKey key) implements SearchCriteria {}

    /** Strings in a charset that is not known: to be answered with NO, when the command's turn has come. */
    record UnknownCharset(String reason) implements SearchCriteria {}
}
