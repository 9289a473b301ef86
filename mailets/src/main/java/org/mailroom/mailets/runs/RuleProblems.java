/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects for the health check what keeps rules on stored mail from doing all they should: each problem stands until
 * its reporter takes it back. Thread-safe; bounded.
 */
public final class RuleProblems {
    private static final int MAX_TROUBLES = 20;

    @GuardedBy("this")
    private final Map<String, String> troubles = new LinkedHashMap<>();

    /**
     * Remembers a trouble.
     *
     * @param what the file or the work that has it: one trouble of each is remembered, the last
     * @param text what happened and what to do, in one line
     */
    public synchronized void begin(String what, String text) {
        if (troubles.size() < MAX_TROUBLES || troubles.containsKey(what)) {
            troubles.put(what, text);
        }
    }

    /** Forgets the trouble of {@code what}, where it has one. */
    public synchronized void end(String what) {
        troubles.remove(what);
    }

    /** Whether {@code what} has the trouble already that {@code text} tells. */
    public synchronized boolean has(String what, String text) {
        return text.equals(troubles.get(what));
    }

    /** The texts, oldest first. */
    public synchronized List<String> texts() {
        return List.copyOf(troubles.values());
    }
}
