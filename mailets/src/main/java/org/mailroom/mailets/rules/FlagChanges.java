/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says how rules change the flags of a message; {@code \Recent} is not among them. System flags begin with a backslash;
 * case is ignored, in the sets here too.
 *
 * @param replaceAll whether the flags the message has are dropped first
 * @param added flags it has then
 * @param removed flags it has not; none of them is in {@code added}
 */
public record FlagChanges(boolean replaceAll, Set<String> added, Set<String> removed) {
    /** Nothing changes. */
    public static final FlagChanges NONE = new FlagChanges(false, Set.of(), Set.of());

    public FlagChanges {
        added = MailFlag.canonical(added);
        removed = MailFlag.canonical(removed);
        if (!Collections.disjoint(added, removed)) {
            throw new IllegalArgumentException("added and removed: " + added + ", " + removed);
        }
    }

    public boolean isEmpty() {
        return !replaceAll && added.isEmpty() && removed.isEmpty();
    }

    /** The flags of a message that had {@code flags}. */
    public Set<String> apply(Set<String> flags) {
        Set<String> changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        changed.addAll(replaceAll ? Set.of() : flags);
        changed.removeIf(removed::contains);
        changed.addAll(added);
        return Collections.unmodifiableSet(changed);
    }
}
