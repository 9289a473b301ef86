/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What Mailroom says when James has started: {@link org.mailroom.mailbox.start.StartWatch} waits for the start, {@link
 * org.mailroom.mailbox.start.StartReport} writes to the log what is in use and which lines the configuration lacks. Nothing
 * here changes or stops anything.
 */
package org.mailroom.mailbox.start;
