/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.index.StoredIndex;
import org.mailroom.search.index.UserIndexes;

/** Which users there are, and which have an index. Thread-safe. */
public final class IndexedUsers {
    private final UsersRepository users;
    private final SearchServices mail;

    @Inject
    public IndexedUsers(UsersRepository users, SearchServices mail) {
        this.users = users;
        this.mail = mail;
    }

    /**
     * An index on disk.
     *
     * @param user whose it is; nothing where nobody knows
     * @param orphan whether James neither knows the user nor has a mailbox of this name
     */
    public record Listed(StoredIndex stored, Optional<String> user, boolean orphan) {}

    UserIndexes indexes() {
        return mail.indexes().orElseThrow(() -> new IllegalStateException("there are no indexes"));
    }

    /** All users that James knows, in alphabetical order. */
    Set<String> known() throws StoreException {
        try {
            Set<String> known = new TreeSet<>();
            users.list().forEachRemaining(user -> known.add(user.asString()));
            return known;
        } catch (UsersRepositoryException e) {
            throw new StoreException("the users cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Whether James knows the user, or has a mailbox of that name. */
    public boolean exists(Username user) throws StoreException {
        try {
            return users.contains(user) || mail.store().hasMailboxes(user);
        } catch (UsersRepositoryException e) {
            throw new StoreException("the user cannot be looked up: " + e.getMessage(), e);
        }
    }

    /** All indexes on disk, by directory. */
    public List<Listed> list() throws IOException {
        Set<String> known = known();
        var directories =
                known.stream().collect(Collectors.toMap(UserIndexes::directoryName, user -> user, (one, other) -> one));
        List<Listed> listed = new ArrayList<>();
        for (StoredIndex stored : indexes().stored()) {
            Optional<String> user =
                    Optional.ofNullable(directories.get(stored.directory())).or(stored::owner);
            listed.add(new Listed(stored, user, isOrphan(user, known)));
        }
        return listed;
    }

    private boolean isOrphan(Optional<String> user, Set<String> known) throws StoreException {
        return user.isEmpty() || !known.contains(user.get()) && !hasMailboxes(user.get());
    }

    private boolean hasMailboxes(String user) throws StoreException {
        try {
            return mail.store().hasMailboxes(Username.of(user));
        } catch (IllegalArgumentException e) {
            // the directory was not made for a user of James
            return false;
        }
    }

    /** Whether nobody needs the index of {@code user} any longer. */
    boolean isOrphan(String user) throws StoreException {
        return !known().contains(user) && !hasMailboxes(user);
    }
}
