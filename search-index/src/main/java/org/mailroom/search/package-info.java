/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Exact search in mail: what can be asked ({@code query}), what text a message has ({@code text}), in which charsets both
 * may be written ({@code charset}), whether a message matches ({@code match}), how messages are stored and found ({@code index}) and in what order they come
 * ({@code order}). A pure library on Lucene: no class in here knows a James server class.
 */
package org.mailroom.search;
