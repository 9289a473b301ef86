/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Messages and dummies as nodes, each with at most one parent. Nodes below the number of messages are messages, those above are
 * dummies: parents that are not there. For one thread.
 */
final class ThreadTree {
    static final int NONE = -1;

    /** By what date siblings are compared. */
    enum ByDate {
        /** Their own; a dummy by that of its first child. */
        OF_FIRST,
        /** The newest in them and below. */
        OF_NEWEST
    }

    private final int messages;
    private int nodes;
    private int[] parents;
    private List<List<Integer>> children = new ArrayList<>();
    private List<Integer> roots = new ArrayList<>();

    ThreadTree(int messages) {
        this.messages = messages;
        this.nodes = messages;
        this.parents = new int[Math.max(16, messages)];
        Arrays.fill(parents, NONE);
    }

    boolean isDummy(int node) {
        return node >= messages;
    }

    int addDummy() {
        if (nodes == parents.length) {
            parents = Arrays.copyOf(parents, nodes * 2);
        }
        parents[nodes] = NONE;
        return nodes++;
    }

    int parent(int node) {
        return parents[node];
    }

    /** Makes {@code parent}, or nothing, the parent of {@code child}, unless that would make a loop. */
    void link(int parent, int child) {
        for (int above = parent; above != NONE; above = parents[above]) {
            if (above == child) {
                return;
            }
        }
        parents[child] = parent;
    }

    void unlink(int child) {
        parents[child] = NONE;
    }

    /** From now on the tree is children of parents: steps 2 and 3 of REFERENCES, dummies that hold nothing together pruned. */
    void grow() {
        children = new ArrayList<>(nodes);
        for (int node = 0; node < nodes; node++) {
            children.add(List.of());
        }
        for (int node = 0; node < nodes; node++) {
            if (parents[node] != NONE) {
                addChild(parents[node], node);
            }
        }
        int[] bottomUp = bottomUp(rootsByParents());
        for (int node : bottomUp) {
            children.set(node, pruned(children.get(node), false));
        }
        roots = pruned(rootsByParents(), true);
    }

    private List<Integer> rootsByParents() {
        List<Integer> found = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            if (parents[node] == NONE) {
                found.add(node);
            }
        }
        return found;
    }

    /** Dummies without children go, those with children give way to them; at the root only to a single one. */
    private List<Integer> pruned(List<Integer> siblings, boolean root) {
        List<Integer> kept = new ArrayList<>(siblings.size());
        for (int node : siblings) {
            List<Integer> below = children.get(node);
            if (!isDummy(node) || root && below.size() > 1) {
                kept.add(node);
            } else {
                kept.addAll(below);
            }
        }
        return kept;
    }

    private void addChild(int parent, int child) {
        if (children.get(parent).isEmpty()) {
            children.set(parent, new ArrayList<>(2));
        }
        children.get(parent).add(child);
    }

    List<Integer> roots() {
        return roots;
    }

    void roots(List<Integer> others) {
        roots = others;
    }

    List<Integer> children(int node) {
        return children.get(node);
    }

    /** A new dummy above two roots. */
    int join(int one, int other) {
        int dummy = addDummy();
        children.add(new ArrayList<>(List.of(one, other)));
        return dummy;
    }

    void adopt(int parent, List<Integer> others) {
        for (int node : others) {
            addChild(parent, node);
        }
    }

    /** All nodes under {@code tops} and these, children before their parents. */
    private int[] bottomUp(List<Integer> tops) {
        int[] order = new int[nodes];
        int length = 0;
        for (int top : tops) {
            order[length++] = top;
        }
        for (int i = 0; i < length; i++) {
            for (int child : children.get(order[i])) {
                order[length++] = child;
            }
        }
        int[] reversed = new int[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = order[length - 1 - i];
        }
        return reversed;
    }

    /** Sorts siblings everywhere; ties by their place in the mailbox. */
    void sort(long[] dates, ByDate by) {
        long[] keys = new long[nodes];
        int[] firsts = new int[nodes];
        for (int node : bottomUp(roots)) {
            sort(children.get(node), keys, firsts);
            setKey(node, dates, by, keys, firsts);
        }
        sort(roots, keys, firsts);
    }

    /** Sorts the threads and leaves the order in them. */
    void sortRoots(long[] dates, ByDate by) {
        long[] keys = new long[nodes];
        int[] firsts = new int[nodes];
        for (int node : bottomUp(roots)) {
            setKey(node, dates, by, keys, firsts);
        }
        sort(roots, keys, firsts);
    }

    private void setKey(int node, long[] dates, ByDate by, long[] keys, int[] firsts) {
        List<Integer> below = children.get(node);
        firsts[node] = isDummy(node) ? firsts[below.get(0)] : node;
        keys[node] = isDummy(node) ? keys[below.get(0)] : dates[node];
        if (by == ByDate.OF_NEWEST) {
            for (int child : below) {
                keys[node] = Math.max(keys[node], keys[child]);
            }
        }
    }

    private static void sort(List<Integer> siblings, long[] keys, int[] firsts) {
        if (siblings.size() > 1) {
            siblings.sort(Comparator.comparingLong((Integer node) -> keys[node]).thenComparing(node -> firsts[node]));
        }
    }

    /** The first message in the node: itself, or a dummy's first child. */
    int first(int node) {
        int first = node;
        while (isDummy(first)) {
            first = children.get(first).get(0);
        }
        return first;
    }

    List<MessageThread> threads(long[] uids) {
        MessageThread[] built = new MessageThread[nodes];
        for (int node : bottomUp(roots)) {
            List<MessageThread> replies = new ArrayList<>(children.get(node).size());
            for (int child : children.get(node)) {
                replies.add(built[child]);
            }
            built[node] =
                    new MessageThread(isDummy(node) ? OptionalLong.empty() : OptionalLong.of(uids[node]), replies);
        }
        return roots.stream().map(root -> built[root]).toList();
    }
}
