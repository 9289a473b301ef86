/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Answers conditions on mail in transit. {@link org.mailroom.mailets.conditions.MailConditions} compiles a text in IMAP
 * SEARCH syntax into a {@link org.mailroom.mailets.conditions.MailCondition}, which says whether a {@link
 * org.apache.mailet.Mail} matches; matchers and rules use it alike. {@link
 * org.mailroom.mailets.conditions.UnsupportedKeys} refuses keys that mail in transit cannot answer. Nothing here
 * changes a mail or decides what is done with one that matches.
 */
package org.mailroom.mailets.conditions;
