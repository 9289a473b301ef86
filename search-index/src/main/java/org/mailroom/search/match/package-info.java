/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Does this message match? A search key and one message come in, yes or no goes out. This is the definition of truth:
 * the index must never disagree with it. No index is known here.
 */
package org.mailroom.search.match;
