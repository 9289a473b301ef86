/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the octets of commands and writes to connections, in James's terms. {@link org.mailroom.mailbox.imap.wire.CommandInput} gives the
 * arguments of a command; {@link org.mailroom.mailbox.imap.wire.WrappingProcessor} runs one of James's processors with something of Mailroom's
 * around it; {@link org.mailroom.mailbox.imap.wire.ConnectionThread} runs work where responses are in order. This package knows no command.
 */
package org.mailroom.mailbox.imap.wire;
