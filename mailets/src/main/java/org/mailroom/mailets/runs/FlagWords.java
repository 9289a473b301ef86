/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailroom.mailets.journal.Step;

/** Compares and changes sets of flags by the names that IMAP writes; case does not matter. */
final class FlagWords {
    private FlagWords() {}

    /** Whether they are the same flags: case does not matter (RFC 3501 for system flags, James for keywords). */
    static boolean same(Set<String> some, Set<String> others) {
        return folded(some).equals(folded(others));
    }

    /** The flags after {@code step}, which were {@code before}. */
    static Set<String> after(Step step, Set<String> before) {
        return switch (step.act()) {
            case ADD_FLAGS -> {
                Set<String> known = folded(before);
                Set<String> flags = new TreeSet<>(before);
                step.flags().stream()
                        .filter(flag -> !known.contains(fold(flag)))
                        .forEach(flags::add);
                yield flags;
            }
            case REMOVE_FLAGS -> {
                Set<String> gone = folded(step.flags());
                yield before.stream()
                        .filter(flag -> !gone.contains(fold(flag)))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
            case SET_FLAGS -> step.flags();
            case COPY, MOVE, EXPUNGE -> before;
        };
    }

    private static Set<String> folded(Set<String> flags) {
        return flags.stream().map(FlagWords::fold).collect(Collectors.toSet());
    }

    private static String fold(String flag) {
        return flag.toLowerCase(Locale.ROOT);
    }
}
