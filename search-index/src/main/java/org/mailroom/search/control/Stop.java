/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

/** Names the reasons for which a search ends before it has an answer. */
public enum Stop {
    /** It has worked for as long as one search may. */
    DEADLINE,
    /** An administrator has cancelled it. */
    CANCELLED,
    /** Nobody waits for its answer: the client has left. */
    LEFT
}
