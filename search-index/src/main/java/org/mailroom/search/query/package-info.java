/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What can be asked: {@link org.mailroom.search.query.SearchKey}, its parser from IMAP syntax (RFC 3501, 9051 and
 * extensions) and its printer. Bytes of a command or a rule's condition come in, a search key goes out. No message
 * and no index is known here.
 */
package org.mailroom.search.query;
