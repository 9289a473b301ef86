/* SPDX-License-Identifier: Apache-2.0 */
/**
 * James's mail store as Mailroom reads it, and the only place where its classes for messages and sessions are called:
 * a mailbox id comes in, metadata and content of messages go out in Mailroom's own types. Nothing is changed in the
 * store here and nothing is known of an index.
 */
package org.mailroom.mailbox.james;
