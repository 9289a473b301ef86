/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Searches mail exactly: what can be asked ({@code query}), what text a message has ({@code text}), in which charsets both
 * may be written ({@code charset}), whether a message matches ({@code match}), how messages are stored and found ({@code
 * index}), in what order they come ({@code order}), what is like a text ({@code relevance}), and when a search stops
 * ({@code control}). A pure library on Lucene: no class in here knows a James server class.
 */
package org.mailroom.search;
