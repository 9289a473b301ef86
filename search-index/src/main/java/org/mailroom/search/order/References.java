/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.HashMap;
import java.util.Map;

/** Steps 1 to 3 of REFERENCES (RFC 5256 section 3): who answers whom. For one thread. */
final class References {
    private final ThreadedMessages messages;
    private final ThreadTree tree;
    private final Map<Long, Integer> nodes;

    References(ThreadedMessages messages) {
        this.messages = messages;
        this.tree = new ThreadTree(messages.count());
        this.nodes = new HashMap<>(messages.count() * 2);
    }

    /** The tree, dummies pruned, siblings as they stand in the mailbox. */
    ThreadTree tree() {
        for (int message = 0; message < messages.count(); message++) {
            long id = messages.ids()[message];
            if (id != ThreadedMessages.NO_ID) {
                // of two with the same id the later is as good as one without
                nodes.putIfAbsent(id, message);
            }
        }
        for (int message = 0; message < messages.count(); message++) {
            link(message);
        }
        tree.grow();
        return tree;
    }

    private void link(int message) {
        int last = ThreadTree.NONE;
        for (long id : messages.references()[message]) {
            int node = nodes.computeIfAbsent(id, unknown -> tree.addDummy());
            if (last != ThreadTree.NONE && tree.parent(node) == ThreadTree.NONE) {
                tree.link(last, node);
            }
            last = node;
        }
        // the message itself knows best: what others said of its parent was cut short
        tree.unlink(message);
        if (last != ThreadTree.NONE) {
            tree.link(last, message);
        }
    }
}
