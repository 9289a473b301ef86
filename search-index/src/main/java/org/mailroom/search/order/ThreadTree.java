/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The parents of messages, some of which are dummies, and then the children of each. Messages have the numbers from 0 on,
 * dummies those after them. Dummies have no parents.
 */
final class ThreadTree {
    private static final int NONE = Threading.NONE;

    private final long[] uids;
    private final int messages;
    private int[] parents;
    /** Of a dummy that was merged with another: that one. */
    private int[] replacements;

    private int nodes;

    private int[] firstChild = new int[0];
    private int[] lastChild = new int[0];
    private int[] nextSibling = new int[0];
    private int[] tops = new int[0];
    private int topCount;

    /** @param parents of each message: a message, a dummy or {@link Threading#NONE} */
    ThreadTree(long[] uids, int messages, int[] parents) {
        this.uids = uids;
        this.messages = messages;
        nodes = messages;
        for (int parent : parents) {
            nodes = Math.max(nodes, parent + 1);
        }
        this.parents = Arrays.copyOf(parents, nodes);
        Arrays.fill(this.parents, messages, nodes, NONE);
        replacements = new int[nodes];
        Arrays.fill(replacements, NONE);
    }

    int messages() {
        return messages;
    }

    int nodes() {
        return nodes;
    }

    int parent(int node) {
        return parents[node];
    }

    boolean isDummy(int node) {
        return node >= messages;
    }

    void setParent(int message, int parent) {
        parents[message] = parent;
    }

    /** From now on the children of {@code dummy} are those of {@code other}. */
    void replaceDummy(int dummy, int other) {
        replacements[dummy] = other;
    }

    int newDummy() {
        if (nodes == parents.length) {
            parents = Arrays.copyOf(parents, nodes + nodes / 2 + 8);
            replacements = Arrays.copyOf(replacements, parents.length);
        }
        parents[nodes] = NONE;
        replacements[nodes] = NONE;
        return nodes++;
    }

    /**
     * Gives each parent its children, and the whole its uppermost messages, in the order of {@code messages}; a dummy
     * stands where its first child would.
     */
    void attach(int[] messages) {
        firstChild = filled(nodes);
        lastChild = filled(nodes);
        nextSibling = filled(nodes);
        tops = new int[messages.length];
        for (int message : messages) {
            int parent = parents[message];
            if (parent != NONE && replacements[parent] != NONE) {
                parent = replacements[parent];
            }
            if (parent == NONE || isDummy(parent) && firstChild[parent] == NONE) {
                tops[topCount++] = parent == NONE ? message : parent;
            }
            if (parent != NONE && firstChild[parent] == NONE) {
                firstChild[parent] = message;
            } else if (parent != NONE) {
                nextSibling[lastChild[parent]] = message;
            }
            if (parent != NONE) {
                lastChild[parent] = message;
            }
        }
    }

    private static int[] filled(int length) {
        int[] none = new int[length];
        Arrays.fill(none, NONE);
        return none;
    }

    /** Puts the threads in the order in which the last message of each stands in {@code messages}. */
    void sortByNewest(int[] messages) {
        int[] thread = new int[nodes];
        int[] down = topDown();
        for (int node : down) {
            boolean top = isDummy(node) || parents[node] == NONE;
            thread[node] = top ? node : thread[parents[node]];
        }
        int[] sorted = new int[topCount];
        boolean[] seen = new boolean[nodes];
        int free = topCount;
        for (int i = messages.length - 1; i >= 0; i--) {
            int top = thread[messages[i]];
            if (!seen[top]) {
                seen[top] = true;
                sorted[--free] = top;
            }
        }
        tops = sorted;
    }

    /** Every node after its parent. */
    private int[] topDown() {
        int[] down = Arrays.copyOf(tops, nodes);
        int length = topCount;
        for (int i = 0; i < length; i++) {
            for (int child = firstChild[down[i]]; child != NONE; child = nextSibling[child]) {
                down[length++] = child;
            }
        }
        return Arrays.copyOf(down, length);
    }

    /** What {@link #attach} has made, made from below, so that its depth does not matter. */
    List<MessageThread> threads() {
        MessageThread[] threads = new MessageThread[nodes];
        int[] down = topDown();
        List<MessageThread> replies = new ArrayList<>();
        for (int i = down.length - 1; i >= 0; i--) {
            int node = down[i];
            replies.clear();
            for (int child = firstChild[node]; child != NONE; child = nextSibling[child]) {
                replies.add(threads[child]);
            }
            threads[node] = new MessageThread(
                    isDummy(node) ? OptionalLong.empty() : OptionalLong.of(uids[node]),
                    replies.isEmpty() ? List.of() : replies);
        }
        List<MessageThread> answer = new ArrayList<>(topCount);
        for (int i = 0; i < topCount; i++) {
            answer.add(threads[tops[i]]);
        }
        return List.copyOf(answer);
    }
}
