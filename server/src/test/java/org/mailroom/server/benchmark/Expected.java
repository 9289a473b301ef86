/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.SortKey.Field;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.server.harness.ImapReply;

/**
 * The answer to a question, from reading every message.
 *
 * @param response what is answered, without {@code *}; of a search, in ascending order
 */
record Expected(Question question, String response) {
    private static final Pattern NOT_NUMBERS = Pattern.compile("[^0-9]+");

    /** @param found what {@code match} finds */
    static Expected of(Question question, OrderedMessages found) {
        return new Expected(
                question,
                switch (question.kind()) {
                    case SEARCH -> "SEARCH" + spaced(found.sorted(List.of()));
                    case SORT -> "SORT"
                            + spaced(found.sorted(List.of(
                                    question.command().contains("SUBJECT")
                                            ? new SortKey(Field.SUBJECT, false)
                                            : new SortKey(Field.DATE, true))));
                    case THREAD -> "THREAD "
                            + found.threads(ThreadAlgorithm.REFERENCES).stream()
                                    .map(MessageThread::toString)
                                    .collect(Collectors.joining());
                });
    }

    private static String spaced(long[] uids) {
        return LongStream.of(uids).mapToObj(uid -> " " + uid).collect(Collectors.joining());
    }

    int hits() {
        return numbers(response).size();
    }

    /** The answer in a reply, without {@code *}. */
    String said(ImapReply reply) {
        return reply.named(question.kind().name()).stream()
                .map(line -> line.substring("* ".length()))
                .collect(Collectors.joining(" "));
    }

    /** What is wrong with an answer; it took no time. */
    Answer.Given compare(String answered) {
        Set<Long> right = numbers(response);
        Set<Long> found = numbers(answered);
        int missed = (int) right.stream().filter(uid -> !found.contains(uid)).count();
        int extra = (int) found.stream().filter(uid -> !right.contains(uid)).count();
        // a set has no order
        boolean inOrder = question.kind() == Question.Kind.SEARCH || answered.equals(response);
        return new Answer.Given(0, 0, missed, extra, inOrder);
    }

    private static Set<Long> numbers(String text) {
        return Arrays.stream(NOT_NUMBERS.split(text))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
