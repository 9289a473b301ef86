/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Lends the indexes of users, each named by its owner. {@link UserIndexes} says what each method does. Thread-safe. */
public interface IndexProvider extends Closeable {

    UserIndexes.Lease lease(String owner) throws IOException;

    void reset(String owner, UserIndex damaged) throws IOException;

    boolean deleteUnused(String owner, UserIndexes.Condition condition) throws IOException;

    /** The indexes as administrators see them; nothing where these stand in for them in a test. */
    default Optional<UserIndexes> all() {
        return Optional.empty();
    }
}
