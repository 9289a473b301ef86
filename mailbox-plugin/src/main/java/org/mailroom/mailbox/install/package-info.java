/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The lines that a James needs in its configuration to use Mailroom, in one place: {@link
 * org.mailroom.mailbox.install.MailroomConfiguration} lists them as {@link
 * org.mailroom.mailbox.install.ConfigurationEdit}s of files. {@link org.mailroom.mailbox.install.InstallCommand} applies
 * them to a James on disk, {@link org.mailroom.mailbox.start.StartReport} says at the start of James which of them are
 * missing. A file's text comes in, its text with or without Mailroom's lines goes out: comments and layout stay. Nothing here
 * needs James or a library, as the command runs with nothing but this JAR.
 */
package org.mailroom.mailbox.install;
