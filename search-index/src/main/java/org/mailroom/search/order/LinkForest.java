/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;
import java.util.Optional;

/**
 * Links between parents and children that never make a loop. Walking up from the parent shows whether one would;
 * where that is far, by a {@link LinkCutTree}, so that no mail makes it slow: each operation takes O(log n), amortised.
 */
final class LinkForest {
    /** Threads of mail that people write are rarely as deep. */
    private static final int MAX_STEPS = 100;

    private final int[] parents;
    private final int[] children;
    private Optional<LinkCutTree> deep = Optional.empty();

    /** @param nodes how many there are, all without a parent */
    LinkForest(int nodes) {
        parents = new int[nodes];
        Arrays.fill(parents, Threading.NONE);
        children = new int[nodes];
    }

    boolean isRoot(int node) {
        return parents[node] == Threading.NONE;
    }

    int parent(int node) {
        return parents[node];
    }

    /** Makes {@code child}, which is a root, a child of {@code parent}, unless that would make a loop. */
    void link(int parent, int child) {
        if (parent != child && (children[child] == 0 || root(parent) != child)) {
            parents[child] = parent;
            children[parent]++;
            deep.ifPresent(trees -> trees.link(parent, child));
        }
    }

    /** Makes {@code node} a root. */
    void cut(int node) {
        if (!isRoot(node)) {
            children[parents[node]]--;
            parents[node] = Threading.NONE;
            deep.ifPresent(trees -> trees.cut(node));
        }
    }

    private int root(int node) {
        int at = node;
        for (int steps = 0; steps < MAX_STEPS; steps++) {
            if (isRoot(at)) {
                return at;
            }
            at = parents[at];
        }
        if (deep.isEmpty()) {
            deep = Optional.of(new LinkCutTree(parents));
        }
        return deep.get().root(at);
    }
}
