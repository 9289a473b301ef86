/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import org.apache.james.core.Username;

/**
 * Gives the rules that users have made for themselves. They act for their user alone, after those of the administrator.
 * Thread-safe.
 */
public interface UserRules {
    /** Nobody has any. */
    UserRules NONE = new UserRules() {
        @Override
        public List<FolderRule> of(Username user) {
            return List.of();
        }

        @Override
        public boolean mayAct(Username user, Trigger trigger) {
            return false;
        }
    };

    /**
     * The rules of one user that are active, in order; none where there are none, they cannot be read, or users are not to have any.
     * Never fails, but may wait for the store.
     */
    List<FolderRule> of(Username user);

    /** Whether rules of the user may act on the occasion: also where they are not known yet. Never waits. */
    boolean mayAct(Username user, Trigger trigger);
}
