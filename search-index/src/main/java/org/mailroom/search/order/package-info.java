/* SPDX-License-Identifier: Apache-2.0 */
/**
 * In what order, in which threads? Sort keys, base subjects and threading algorithms of RFC 5256 and RFC 5957. From the
 * header of a message ({@code text.Envelope}) come the values it is ordered by ({@code OrderValues}); from the values of
 * many, in columns ({@code Threading}, {@code RowOrder}) or one by one ({@code OrderedMessages}), come uids in order or
 * threads. No search, no store and no Lucene here.
 */
package org.mailroom.search.order;
