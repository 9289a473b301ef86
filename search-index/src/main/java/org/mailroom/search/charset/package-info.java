/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What names of charsets mean in mail, and how octets are read in them: a name and octets come in, text goes out
 * ({@link org.mailroom.search.charset.MailCharset}). Search keys and texts of messages both use it; no other package is
 * known here. The labels and the tables of charsets that the JDK lacks stand in two resource files beside the classes.
 */
package org.mailroom.search.charset;
