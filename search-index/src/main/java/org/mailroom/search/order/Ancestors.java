/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;
import org.mailroom.search.control.SearchControl;

/**
 * Whose reply each message is by its references: steps 1 to 3 of REFERENCES (RFC 5256 section 3). Messages have the
 * numbers from 0 on; the ids that are referred to and are no message's have those after them.
 */
final class Ancestors {
    private final int messages;
    /** The references of all messages one after another, as numbers. */
    private final int[] references;

    private final int[] from;
    private final int nodes;
    private final SearchControl control;

    /**
     * @param ids of each message, 0 for none
     * @param references of all messages
     * @param from where those of each message begin
     * @param control stops it
     */
    Ancestors(long[] ids, long[] references, int[] from, int messages, SearchControl control) {
        this.control = control;
        this.messages = messages;
        this.from = from;
        int referenced = from[messages];
        this.references = new int[referenced];
        IdTable numbers = new IdTable(messages + referenced);
        for (int message = 0; message < messages; message++) {
            if (ids[message] != 0) {
                // of messages with the same id the first has it
                numbers.putIfAbsent(ids[message], message);
            }
        }
        int next = messages;
        for (int i = 0; i < referenced; i++) {
            control.document();
            int number = numbers.putIfAbsent(references[i], next);
            next += number == next ? 1 : 0;
            this.references[i] = number;
        }
        nodes = next;
    }

    /**
     * The parent of each message: the nearest ancestor that is a message; a dummy, numbered after the messages, where
     * none is and at least two messages are in that case below the dummy; or else {@link Threading#NONE}.
     */
    int[] parents() {
        return pruned(links());
    }

    /** Step 1. */
    private LinkForest links() {
        LinkForest forest = new LinkForest(nodes);
        for (int message = 0; message < messages; message++) {
            int last = Threading.NONE;
            for (int i = from[message]; i < from[message + 1]; i++) {
                control.document();
                int reference = references[i];
                if (last != Threading.NONE && forest.isRoot(reference)) {
                    forest.link(last, reference);
                }
                last = reference;
            }
            forest.cut(message);
            if (last != Threading.NONE) {
                forest.link(last, message);
            }
        }
        return forest;
    }

    /** Steps 2 and 3. */
    private int[] pruned(LinkForest forest) {
        // of a dummy: where its children go; of a message: itself
        int[] nearest = new int[nodes];
        Arrays.fill(nearest, Threading.NONE);
        int[] path = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            int length = 0;
            int at = node;
            while (nearest[at] == Threading.NONE) {
                control.document();
                boolean top = at < messages || forest.isRoot(at);
                if (top) {
                    nearest[at] = at;
                } else {
                    path[length++] = at;
                    at = forest.parent(at);
                }
            }
            for (int i = 0; i < length; i++) {
                nearest[path[i]] = nearest[at];
            }
        }
        int[] parents = new int[messages];
        int[] children = new int[nodes];
        for (int message = 0; message < messages; message++) {
            parents[message] = forest.isRoot(message) ? Threading.NONE : nearest[forest.parent(message)];
            if (parents[message] != Threading.NONE) {
                children[parents[message]]++;
            }
        }
        for (int message = 0; message < messages; message++) {
            if (parents[message] >= messages && children[parents[message]] == 1) {
                parents[message] = Threading.NONE;
            }
        }
        return parents;
    }
}
