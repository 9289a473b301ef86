/* SPDX-License-Identifier: Apache-2.0 */
/**
 * In what order, in which threads? Sort keys, base subjects and threading algorithms of RFC 5256 and RFC 5957, over values
 * that were taken from a message when it was indexed. Values go in, uids in order or threads come out; no search, no mail
 * and no Lucene here.
 */
package org.mailroom.search.order;
