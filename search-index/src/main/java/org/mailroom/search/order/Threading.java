/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts messages together to threads (RFC 5256 section 3). Never recurses, however deep threads are. Thread-safe. */
public final class Threading {

    private Threading() {}

    /** The threads of {@code messages}, in the order of the answer to THREAD. */
    public static List<MessageThread> of(ThreadedMessages messages, ThreadAlgorithm algorithm) {
        return switch (algorithm) {
            case ORDEREDSUBJECT -> orderedSubject(messages);
            case REFERENCES -> {
                ThreadTree tree = new References(messages).tree();
                tree.sort(messages.sent(), ThreadTree.ByDate.OF_FIRST);
                new SubjectGathering(messages, tree).gather();
                tree.sort(messages.sent(), ThreadTree.ByDate.OF_FIRST);
                yield tree.threads(messages.uids());
            }
            case REFS -> {
                ThreadTree tree = new References(messages).tree();
                tree.sort(messages.sent(), ThreadTree.ByDate.OF_FIRST);
                tree.sortRoots(messages.arrived(), ThreadTree.ByDate.OF_NEWEST);
                yield tree.threads(messages.uids());
            }
        };
    }

    /**
     * Messages of one base subject are a thread: the first of them, by sent date, with all others as its children. Threads come
     * by the date of their first message.
     */
    private static List<MessageThread> orderedSubject(ThreadedMessages messages) {
        Integer[] byDate = new Integer[messages.count()];
        Arrays.setAll(byDate, i -> i);
        Arrays.sort(
                byDate,
                Comparator.comparingLong((Integer i) -> messages.sent()[i]).thenComparing(i -> i));
        Map<Integer, List<Integer>> bySubject = new HashMap<>();
        List<List<Integer>> threads = new ArrayList<>();
        for (Integer message : byDate) {
            bySubject
                    .computeIfAbsent(messages.subjects()[message], subject -> {
                        List<Integer> thread = new ArrayList<>();
                        threads.add(thread);
                        return thread;
                    })
                    .add(message);
        }
        List<MessageThread> answer = new ArrayList<>();
        for (List<Integer> thread : threads) {
            List<MessageThread> replies = new ArrayList<>();
            for (Integer message : thread.subList(1, thread.size())) {
                replies.add(MessageThread.of(messages.uids()[message], List.of()));
            }
            answer.add(MessageThread.of(messages.uids()[thread.get(0)], replies));
        }
        return answer;
    }
}
