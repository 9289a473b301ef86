/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Step 5 of REFERENCES (RFC 5256 section 3): threads of one base subject become one. For one thread. */
final class SubjectGathering {
    private static final int EMPTY = 0;

    private final ThreadedMessages messages;
    private final ThreadTree tree;
    /** The root that stands for a subject. */
    private final Map<Integer, Integer> table = new HashMap<>();

    SubjectGathering(ThreadedMessages messages, ThreadTree tree) {
        this.messages = messages;
        this.tree = tree;
    }

    /** Changes the tree, whose roots are sorted by date. */
    void gather() {
        for (int root : tree.roots()) {
            enter(root);
        }
        Set<Integer> roots = new LinkedHashSet<>(tree.roots());
        for (int root : List.copyOf(tree.roots())) {
            merge(root, roots);
        }
        tree.roots(new ArrayList<>(roots));
    }

    private int subject(int root) {
        return messages.subjects()[tree.first(root)];
    }

    private boolean isReply(int root) {
        return !tree.isDummy(root) && messages.replies()[root];
    }

    private void enter(int root) {
        int subject = subject(root);
        if (subject == EMPTY) {
            return;
        }
        Integer known = table.putIfAbsent(subject, root);
        if (known != null
                && (tree.isDummy(root) && !tree.isDummy(known)
                        || isReply(known) && !tree.isDummy(root) && !isReply(root))) {
            table.put(subject, root);
        }
    }

    private void merge(int root, Set<Integer> roots) {
        int subject = subject(root);
        Integer known = table.get(subject);
        if (subject == EMPTY || known == null || known == root) {
            return;
        }
        if (tree.isDummy(known) && tree.isDummy(root)) {
            tree.adopt(known, tree.children(root));
            roots.remove(root);
        } else if (tree.isDummy(known) || isReply(root) && !isReply(known)) {
            tree.adopt(known, List.of(root));
            roots.remove(root);
        } else {
            int dummy = tree.join(known, root);
            roots.remove(root);
            roots.remove(known);
            roots.add(dummy);
            table.put(subject, dummy);
        }
    }
}
