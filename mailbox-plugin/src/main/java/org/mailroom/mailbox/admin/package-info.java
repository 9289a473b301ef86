/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What administrators may know and do: the state of indexes, work on them, searches and explanations on somebody's behalf, and
 * the self-check. Orders come in from {@code webadmin}, facts about indexes and differences between an index and {@code match}
 * go out. Nothing here keeps an index true: that is {@code sync}'s.
 */
package org.mailroom.mailbox.admin;
