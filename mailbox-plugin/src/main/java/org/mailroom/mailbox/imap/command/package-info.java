/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Holds the commands that Mailroom reads, and reads them. A parser per command ({@link org.mailroom.mailbox.imap.command.CommandReader} does
 * what they share) takes the octets and gives a {@link org.mailroom.mailbox.imap.command.SearchingCommand}, with its {@link
 * org.mailroom.mailbox.imap.command.SearchCriteria} and {@link org.mailroom.mailbox.imap.command.ReturnOptions}, or the response that refuses it. Nothing here runs a
 * command.
 */
package org.mailroom.mailbox.imap.command;
