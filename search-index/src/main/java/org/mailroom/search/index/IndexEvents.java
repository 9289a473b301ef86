/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * Receives events of indexes besides what searches and changes return. Called by any thread, also under locks: methods
 * return at once. Thread-safe.
 */
public interface IndexEvents {
    IndexEvents NONE = new IndexEvents() {};

    /**
     * What was given to the owner's index cannot be written to disk. Nothing is lost: it is written with a later commit,
     * or, where the failure closed the index, added again from the mail.
     */
    default void commitFailed(String owner, Throwable reason) {}

    /** All that was given to the owner's index is on disk, or the index is gone. */
    default void committed(String owner) {}

    /** The owner's index was found damaged; it is empty from here on, until it is filled from the mail. */
    default void rebuilding(String owner, Throwable reason) {}
}
