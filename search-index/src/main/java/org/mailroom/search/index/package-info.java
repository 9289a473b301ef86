/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How messages are stored and found: one Lucene index per user. Messages, flag changes and expunges come in from the
 * sync, search keys come in from commands and rules, uids go out. Nothing in an index is the only copy of anything.
 */
package org.mailroom.search.index;
