/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

/** Receives the progress of a search that takes long. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface SearchProgress {

    /** For callers that do not ask. */
    SearchProgress NONE = (done, total) -> {};

    /**
     * Work of a search was done: messages caught up with, or read. Called as often as it suits the search; it is
     * cheap and never blocks.
     *
     * @param done messages done so far, from 0 up to {@code total}
     * @param total messages to be done in all, as far as known now
     */
    void report(long done, long total);
}
