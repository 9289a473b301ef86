/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

/**
 * Identifies a mailbox, and which of the mailboxes that ever had its name.
 *
 * @param id as James writes it
 * @param name without namespace and user
 * @param uidValidity RFC 3501; where it changes, no uid means what it meant
 */
public record MailboxSnapshot(String id, String name, long uidValidity) {}
