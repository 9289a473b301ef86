/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Defines folder rules and what they mean. {@link org.mailroom.mailets.rules.FolderRulesFile} reads {@code
 * conf/folder-rules.xml}, or a user's own rules within their bounds, into a {@link org.mailroom.mailets.rules.RuleBook}; the book turns the rules that match one
 * message into a {@link org.mailroom.mailets.rules.RuleOutcome}, the same at delivery and on stored mail. The caller
 * says whether a message matches; nothing here reads or changes mail, or knows a mailbox or a mail in transit.
 */
package org.mailroom.mailets.rules;
