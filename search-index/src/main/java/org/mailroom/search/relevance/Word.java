/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/**
 * A word of a text, or a pair of ideographs.
 *
 * @param text in lower case, its accents kept
 */
record Word(String text, Script script) {}
