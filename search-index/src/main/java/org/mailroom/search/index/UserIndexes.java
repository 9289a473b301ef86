/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The indexes of all users, a directory each. A bounded number is open at a time; idle ones close. Thread-safe.
 */
public final class UserIndexes implements Closeable {

    /** Opens nothing yet; {@code directory} is made when the first index is. */
    public UserIndexes(Path directory, IndexSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * The index of {@code owner}, opened or made where need be, and kept open until the lease is closed. A damaged
     * index, or one of another format, is replaced by an empty one (its watermarks are gone, so it is filled anew).
     *
     * @throws IOException where it can be neither opened nor made; says which directory and why
     */
    public Lease lease(String owner) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The use of an index; close it when done. */
    public interface Lease extends AutoCloseable {
        UserIndex index();

        @Override
        void close();
    }

    /** Closes the owner's index once nobody uses it and deletes it. */
    public void delete(String owner) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Replaces the owner's index by an empty one: what to do when a search or a change met a damaged file. */
    public void reset(String owner) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Commits and closes every index; leases that are still held fail from here on. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
