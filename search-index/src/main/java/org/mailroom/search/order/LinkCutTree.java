/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;

/**
 * Trees that can be linked and cut and asked for the root of a node, each in O(log n), amortised (Sleator and Tarjan,
 * 1983). Every tree is cut into paths; the nodes of a path are in a splay tree, those nearer to the root to the left. The
 * root of a splay tree points up to the parent of the path's uppermost node.
 */
final class LinkCutTree {
    private static final int NONE = Threading.NONE;

    /** In the splay tree, or out of it where this is its root. */
    private final int[] up;

    private final int[] left;
    private final int[] right;

    /** @param parents of each node; {@link Threading#NONE} for roots */
    LinkCutTree(int[] parents) {
        up = parents.clone();
        left = new int[up.length];
        right = new int[up.length];
        Arrays.fill(left, NONE);
        Arrays.fill(right, NONE);
    }

    /** Makes {@code child}, which is a root, a child of {@code parent}, which is in another tree. */
    void link(int parent, int child) {
        expose(child);
        up[child] = parent;
    }

    /** Makes {@code node}, which has a parent, a root. */
    void cut(int node) {
        expose(node);
        up[left[node]] = NONE;
        left[node] = NONE;
    }

    int root(int node) {
        expose(node);
        int at = node;
        while (left[at] != NONE) {
            at = left[at];
        }
        // pays for the walk
        splay(at);
        return at;
    }

    /** Makes the way from the root to {@code node} a path, and {@code node} the root of its splay tree. */
    private void expose(int node) {
        int below = NONE;
        for (int at = node; at != NONE; at = up[at]) {
            splay(at);
            right[at] = below;
            below = at;
        }
        splay(node);
    }

    private boolean isSplayRoot(int node) {
        int above = up[node];
        return above == NONE || left[above] != node && right[above] != node;
    }

    private void splay(int node) {
        while (!isSplayRoot(node)) {
            int above = up[node];
            if (!isSplayRoot(above)) {
                boolean straight = left[above] == node == (left[up[above]] == above);
                rotate(straight ? above : node);
            }
            rotate(node);
        }
    }

    private void rotate(int node) {
        int above = up[node];
        int top = up[above];
        if (!isSplayRoot(above)) {
            if (left[top] == above) {
                left[top] = node;
            } else {
                right[top] = node;
            }
        }
        int moved;
        if (left[above] == node) {
            moved = right[node];
            left[above] = moved;
            right[node] = above;
        } else {
            moved = left[node];
            right[above] = moved;
            left[node] = above;
        }
        if (moved != NONE) {
            up[moved] = above;
        }
        up[above] = node;
        up[node] = top;
    }
}
