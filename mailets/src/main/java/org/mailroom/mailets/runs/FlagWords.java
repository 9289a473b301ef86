/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.mailroom.mailets.journal.Step;

/**
 * Translates flags between James's and the words that IMAP writes: {@code \Seen}, {@code $Forwarded}. It leaves {@code
 * \Recent} out.
 */
final class FlagWords {
    private static final Map<Flag, String> SYSTEM_FLAGS = Map.of(
            Flag.ANSWERED, "\\Answered",
            Flag.DELETED, "\\Deleted",
            Flag.DRAFT, "\\Draft",
            Flag.FLAGGED, "\\Flagged",
            Flag.SEEN, "\\Seen");

    private FlagWords() {}

    static Set<String> of(Flags flags) {
        Set<String> words = new TreeSet<>();
        for (Flag flag : flags.getSystemFlags()) {
            if (SYSTEM_FLAGS.containsKey(flag)) {
                words.add(SYSTEM_FLAGS.get(flag));
            }
        }
        words.addAll(Set.of(flags.getUserFlags()));
        return words;
    }

    /** What {@link #of} gives for them are {@code words}; case does not matter in system flags. */
    static Flags toJames(Set<String> words) {
        Flags flags = new Flags();
        for (String word : words) {
            SYSTEM_FLAGS.entrySet().stream()
                    .filter(known -> known.getValue().equalsIgnoreCase(word))
                    .findFirst()
                    .ifPresentOrElse(known -> flags.add(known.getKey()), () -> flags.add(word));
        }
        return flags;
    }

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
