/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decodes octets in the charsets that mail names: a name and octets come in, text goes out. Use {@link
 * org.mailroom.search.charset.MailCharset}; search keys and texts of messages both do, and choose the name ({@code
 * query.StringDecoder}, {@code text.TextPart}). No other package is known here. Two resource files beside the classes hold the labels and the tables of charsets that the JDK lacks.
 */
package org.mailroom.search.charset;
