/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Defines what can be asked. {@link org.mailroom.search.query.SearchKeyParser} reads IMAP syntax (RFC 3501, 9051 and
 * extensions) into a {@link org.mailroom.search.query.SearchKey}; {@link org.mailroom.search.query.SearchKeyPrinter}
 * writes one. A {@link org.mailroom.search.query.MailKey} asks for what is in a message, a {@link
 * org.mailroom.search.query.StoreKey} for what a store gives it, a {@link org.mailroom.search.query.SessionKey} for what
 * an IMAP session knows; {@link org.mailroom.search.query.SessionKeys} resolves the last kind. Bytes of a command or a rule's condition come in, a search key goes out. No message and no index is known
 * here.
 */
package org.mailroom.search.query;
