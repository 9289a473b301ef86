/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;

/** Indexes that fail as a directory does that may not be written. {@code deletions} are those asked for. */
record UnusableIndexes(IndexProvider indexes, List<String> deletions) implements IndexProvider {
    static UnusableIndexes make(Path directory, IndexSettings settings) {
        return new UnusableIndexes(new UserIndexes(directory, settings), new ArrayList<>());
    }

    @Override
    public UserIndexes.Lease lease(String owner) throws IOException {
        throw new AccessDeniedException("/var/index/" + owner);
    }

    @Override
    public void reset(String owner, UserIndex damaged) {
        deletions.add(owner);
    }

    @Override
    public boolean deleteUnused(String owner, UserIndexes.Condition condition) {
        deletions.add(owner);
        return true;
    }

    @Override
    public void close() throws IOException {
        indexes.close();
    }
}
