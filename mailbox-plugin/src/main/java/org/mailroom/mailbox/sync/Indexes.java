/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.Optional;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;

/** The indexes of all users as sync uses them; see {@link UserIndexes}, whose methods these are. */
public interface Indexes {

    UserIndexes.Lease lease(String owner) throws IOException;

    void reset(String owner, UserIndex damaged) throws IOException;

    boolean deleteUnused(String owner, UserIndexes.Condition condition) throws IOException;

    void close() throws IOException;

    /** The indexes as administrators see them; nothing where these stand in for them in a test. */
    default Optional<UserIndexes> all() {
        return Optional.empty();
    }

    static Indexes of(UserIndexes indexes) {
        return new Indexes() {
            @Override
            public UserIndexes.Lease lease(String owner) throws IOException {
                return indexes.lease(owner);
            }

            @Override
            public void reset(String owner, UserIndex damaged) throws IOException {
                indexes.reset(owner, damaged);
            }

            @Override
            public boolean deleteUnused(String owner, UserIndexes.Condition condition) throws IOException {
                return indexes.deleteUnused(owner, condition);
            }

            @Override
            public Optional<UserIndexes> all() {
                return Optional.of(indexes);
            }

            @Override
            public void close() throws IOException {
                indexes.close();
            }
        };
    }
}
