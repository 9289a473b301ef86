/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

/**
 * A search that answered otherwise than {@code match} does. It has no content of mail.
 *
 * @param user whose mailbox
 * @param mailboxId the id of the mailbox
 * @param uid the message that only one of them finds
 * @param search what was asked, so that it can be asked again: for a string, from where in which message it was taken
 * @param found whether the search found the message; else {@code match} did
 */
public record Difference(String user, String mailboxId, long uid, String search, boolean found) {}
