/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A search key made ready.
 *
 * @param readsText whether it may look at the text of a message, which costs reading the message
 * @param test says whether a message matches
 */
record Condition(boolean readsText, Test test) {

    @FunctionalInterface
    interface Test {
        boolean holds(NormalisedText message, Instant now);
    }

    static Condition onMetadata(Predicate<MessageMetadata> test) {
        return new Condition(false, (message, now) -> test.test(message.metadata()));
    }

    static Condition onText(Predicate<NormalisedText> test) {
        return new Condition(true, (message, now) -> test.test(message));
    }

    /** That all of {@code conditions} hold. Those on metadata are asked first, which changes no answer. */
    static Condition all(List<Condition> conditions) {
        List<Condition> cheapFirst = cheapFirst(conditions);
        return new Condition(readText(conditions), (message, now) -> {
            for (Condition condition : cheapFirst) {
                if (!condition.holds(message, now)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** That one of {@code conditions} holds. */
    static Condition any(List<Condition> conditions) {
        List<Condition> cheapFirst = cheapFirst(conditions);
        return new Condition(readText(conditions), (message, now) -> {
            for (Condition condition : cheapFirst) {
                if (condition.holds(message, now)) {
                    return true;
                }
            }
            return false;
        });
    }

    Condition negated() {
        return new Condition(readsText, (message, now) -> !test.holds(message, now));
    }

    boolean holds(NormalisedText message, Instant now) {
        return test.holds(message, now);
    }

    private static List<Condition> cheapFirst(List<Condition> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparing(Condition::readsText))
                .toList();
    }

    private static boolean readText(List<Condition> conditions) {
        return conditions.stream().anyMatch(Condition::readsText);
    }
}
