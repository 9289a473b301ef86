/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailroom.search.query.SearchKey;

/**
 * Is a search key that is compiled for matching.
 *
 * @param readsText whether it may look at the text of a message, which costs reading the message
 * @param test says whether a message matches
 */
record Condition(boolean readsText, Test test) {

    @FunctionalInterface
    interface Test {
        Answer of(NormalisedText message, Instant now);
    }

    static Condition onMetadata(Predicate<MessageMetadata> test) {
        return new Condition(false, (message, now) -> Answer.of(test.test(message.metadata())));
    }

    /** That {@code key}, which holds no other, matches by the text of a message. */
    static Condition onText(SearchKey key, Function<NormalisedText, Answer> test) {
        return new Condition(true, (message, now) -> {
            Answer answer = test.apply(message);
            message.answered(key, answer);
            return answer;
        });
    }

    /** That all of {@code conditions} hold. Those on metadata are asked first, which changes no answer. */
    static Condition all(List<Condition> conditions) {
        List<Condition> cheapFirst = cheapFirst(conditions);
        return new Condition(readText(conditions), (message, now) -> {
            Answer all = Answer.YES;
            for (int i = 0; i < cheapFirst.size() && all != Answer.NO; i++) {
                all = all.and(cheapFirst.get(i).of(message, now));
            }
            return all;
        });
    }

    /** That one of {@code conditions} holds. */
    static Condition any(List<Condition> conditions) {
        List<Condition> cheapFirst = cheapFirst(conditions);
        return new Condition(readText(conditions), (message, now) -> {
            Answer any = Answer.NO;
            for (int i = 0; i < cheapFirst.size() && any != Answer.YES; i++) {
                any = any.or(cheapFirst.get(i).of(message, now));
            }
            return any;
        });
    }

    Condition negated() {
        return new Condition(readsText, (message, now) -> test.of(message, now).negated());
    }

    Answer of(NormalisedText message, Instant now) {
        return test.of(message, now);
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
