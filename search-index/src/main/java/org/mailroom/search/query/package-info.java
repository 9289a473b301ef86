/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Defines what can be asked. {@link org.mailroom.search.query.SearchKeyParser} reads IMAP syntax (RFC 3501, 9051 and
 * extensions) into a {@link org.mailroom.search.query.SearchKey}; {@link org.mailroom.search.query.SearchKeyPrinter}
 * writes one. Bytes of a command or a rule's condition come in, a search key goes out. No message and no index is known
 * here.
 */
package org.mailroom.search.query;
