/* SPDX-License-Identifier: Apache-2.0 */
/**
 * James's own IMAP scripts (its Mail Protocol Tester) run against a James that has Mailroom dropped in, over real
 * connections. Tests of what Mailroom adds do not belong here. In: the scripts of
 * {@code apache-james-mpt-imapmailbox-core}; out: what differs from them, each difference with its reason.
 */
package org.mailroom.mailbox.imap.scripts;
