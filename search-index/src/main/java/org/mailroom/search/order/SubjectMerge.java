/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;

/** Merges threads of the same base subject: steps 4 and 5 of REFERENCES (RFC 5256 section 3). */
final class SubjectMerge {
    private final ThreadTree tree;
    private final int[] subjects;
    private final boolean[] replies;

    /** The thread that stands for each subject. */
    private final int[] table;

    SubjectMerge(ThreadTree tree, int[] subjects, boolean[] replies) {
        this.tree = tree;
        this.subjects = subjects;
        this.replies = replies;
        int greatest = Threading.NO_SUBJECT;
        for (int row = 0; row < tree.messages(); row++) {
            greatest = Math.max(greatest, subjects[row]);
        }
        table = new int[greatest + 1];
        Arrays.fill(table, Threading.NONE);
    }

    /** @param bySent the messages in the order of their sent dates */
    void merge(int[] bySent) {
        int[] tops = new int[bySent.length];
        // the message from which each of them has its subject
        int[] firsts = new int[bySent.length];
        boolean[] seen = new boolean[tree.nodes()];
        int count = 0;
        for (int message : bySent) {
            int top = tree.isDummy(tree.parent(message)) ? tree.parent(message) : message;
            if (tree.parent(top) == Threading.NONE && !seen[top]) {
                seen[top] = true;
                tops[count] = top;
                firsts[count++] = message;
            }
        }
        for (int i = 0; i < count; i++) {
            enter(tops[i], subjects[firsts[i]]);
        }
        for (int i = 0; i < count; i++) {
            int subject = subjects[firsts[i]];
            if (subject != Threading.NO_SUBJECT && table[subject] != tops[i]) {
                merge(tops[i], subject);
            }
        }
    }

    /** Step 5.B. */
    private void enter(int top, int subject) {
        if (subject == Threading.NO_SUBJECT) {
            return;
        }
        int entered = table[subject];
        boolean better = entered == Threading.NONE
                || !tree.isDummy(entered) && (tree.isDummy(top) || replies[entered] && !replies[top]);
        if (better) {
            table[subject] = top;
        }
    }

    /** Step 5.C. A dummy is merged with dummies only, since of several one is in the table. */
    private void merge(int top, int subject) {
        int entered = table[subject];
        if (tree.isDummy(top)) {
            tree.replaceDummy(top, entered);
        } else if (tree.isDummy(entered) || replies[top] && !replies[entered]) {
            tree.setParent(top, entered);
        } else {
            int dummy = tree.newDummy();
            tree.setParent(top, dummy);
            tree.setParent(entered, dummy);
            table[subject] = dummy;
        }
    }
}
