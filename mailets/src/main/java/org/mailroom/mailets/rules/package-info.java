/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What folder rules are and mean: {@code conf/folder-rules.xml} comes in, a {@link org.mailroom.mailets.rules.RuleBook}
 * goes out, and what it makes of one message is a {@link org.mailroom.mailets.rules.RuleOutcome}, the same at delivery
 * and on stored mail. Whether a message matches is asked of the caller; nothing here reads or changes mail, knows a
 * mailbox or a mail on its way.
 */
package org.mailroom.mailets.rules;
