/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;
import java.util.List;
import org.mailroom.search.control.SearchControl;

/**
 * Puts messages into threads, without an object for each of them and without recursion: in O(n log n), where n counts
 * messages and references. For one thread.
 */
public final class Threading {
    /** The number of the empty base subject. */
    public static final int NO_SUBJECT = 0;

    /** No message. */
    static final int NONE = -1;

    private long[] uids;
    private long[] sent;
    private long[] arrived;
    private int[] subjects;
    private boolean[] replies;
    /** 0 for none. */
    private long[] ids;
    /** Where the references of each message begin in {@link #references}. */
    private int[] from;

    private long[] references;
    private int size;
    private int referenced;

    private final SearchControl control;

    /** @param messages how many are expected */
    public Threading(int messages) {
        this(messages, SearchControl.unlimited());
    }

    /**
     * @param messages how many are expected
     * @param control stops it
     */
    public Threading(int messages, SearchControl control) {
        this.control = control;
        int capacity = Math.max(messages, 1);
        uids = new long[capacity];
        sent = new long[capacity];
        arrived = new long[capacity];
        subjects = new int[capacity];
        replies = new boolean[capacity];
        ids = new long[capacity];
        from = new int[capacity + 1];
        references = new long[2 * capacity];
    }

    /**
     * Adds a message; uids must ascend.
     *
     * @param sent its sent date, or else its internal date
     * @param arrived its internal date
     * @param subject a number that all messages of the same base subject have, {@link #NO_SUBJECT} for the empty one;
     *     memory grows with the greatest
     * @param reply whether the subject is that of a reply or forward
     */
    public void add(long uid, long sent, long arrived, int subject, boolean reply) {
        if (size == uids.length) {
            grow(size * 2);
        }
        uids[size] = uid;
        this.sent[size] = sent;
        this.arrived[size] = arrived;
        subjects[size] = subject;
        replies[size] = reply;
        size++;
        from[size] = referenced;
    }

    private void grow(int capacity) {
        uids = Arrays.copyOf(uids, capacity);
        sent = Arrays.copyOf(sent, capacity);
        arrived = Arrays.copyOf(arrived, capacity);
        subjects = Arrays.copyOf(subjects, capacity);
        replies = Arrays.copyOf(replies, capacity);
        ids = Arrays.copyOf(ids, capacity);
        from = Arrays.copyOf(from, capacity + 1);
    }

    /** The last message added has this id (a number as in {@link Ancestry}). */
    public void id(long id) {
        ids[size - 1] = id;
    }

    /** The last message added has this reference after those it has already. */
    public void reference(long id) {
        if (referenced == references.length) {
            references = Arrays.copyOf(references, referenced * 2);
        }
        references[referenced++] = id;
        from[size] = referenced;
    }

    /** The threads of all messages that were added, in the order of the answer. */
    public List<MessageThread> threads(ThreadAlgorithm algorithm) {
        control.check();
        int[] bySent = RowOrder.of(size, new long[][] {sent});
        return switch (algorithm) {
            case ORDEREDSUBJECT -> bySubject(bySent).threads();
            case REFERENCES -> {
                ThreadTree tree = byReferences();
                new SubjectMerge(tree, subjects, replies).merge(bySent);
                control.check();
                tree.attach(bySent);
                yield tree.threads();
            }
            case REFS -> {
                ThreadTree tree = byReferences();
                control.check();
                tree.attach(bySent);
                tree.sortByNewest(RowOrder.of(size, new long[][] {arrived}));
                yield tree.threads();
            }
        };
    }

    /** Of each subject the first message sent, with all others as its replies. */
    private ThreadTree bySubject(int[] bySent) {
        int[] parents = new int[size];
        int[] firsts = new int[greatestSubject() + 1];
        Arrays.fill(firsts, NONE);
        for (int row : bySent) {
            int first = firsts[subjects[row]];
            parents[row] = first;
            if (first == NONE) {
                firsts[subjects[row]] = row;
            }
        }
        ThreadTree tree = new ThreadTree(uids, size, parents);
        tree.attach(bySent);
        return tree;
    }

    private int greatestSubject() {
        int greatest = NO_SUBJECT;
        for (int row = 0; row < size; row++) {
            greatest = Math.max(greatest, subjects[row]);
        }
        return greatest;
    }

    /** Steps 1 to 3 of REFERENCES. */
    private ThreadTree byReferences() {
        return new ThreadTree(uids, size, new Ancestors(ids, references, from, size, control).parents());
    }
}
