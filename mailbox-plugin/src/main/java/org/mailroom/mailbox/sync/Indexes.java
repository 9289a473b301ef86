/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import org.mailroom.search.index.UserIndexes;

/** The indexes of all users as sync uses them; see {@link UserIndexes}, whose methods these are. */
public interface Indexes {

    UserIndexes.Lease lease(String owner) throws IOException;

    void reset(String owner) throws IOException;

    void delete(String owner) throws IOException;

    void close() throws IOException;

    static Indexes of(UserIndexes indexes) {
        return new Indexes() {
            @Override
            public UserIndexes.Lease lease(String owner) throws IOException {
                return indexes.lease(owner);
            }

            @Override
            public void reset(String owner) throws IOException {
                indexes.reset(owner);
            }

            @Override
            public void delete(String owner) throws IOException {
                indexes.delete(owner);
            }

            @Override
            public void close() throws IOException {
                indexes.close();
            }
        };
    }
}
