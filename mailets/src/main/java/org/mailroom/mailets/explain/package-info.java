/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Explains to administrators why a rule acts on a stored message or does not. A message and rules come in; what
 * {@code org.mailroom.mailbox.admin} says of the condition and what journals say of the message go out, with the reason.
 * Nothing is changed.
 */
package org.mailroom.mailets.explain;
