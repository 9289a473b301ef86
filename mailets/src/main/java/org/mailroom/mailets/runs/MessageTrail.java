/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageSnapshot;

/** Follows one message through a run and its undoing: where the run found it, and where it is since. For one thread. */
final class MessageTrail {
    private final String user;
    private final MailboxSnapshot startMailbox;
    private final MessageSnapshot start;
    private final BitSet parts = new BitSet();
    private final List<CopyMade> copies = new ArrayList<>();
    private MailboxSnapshot mailbox;
    private long uid;
    private Set<String> flags;
    private End end = End.THERE;

    /** Whether it is still to be found. */
    enum End {
        THERE,
        /** Somebody else took it away. */
        GONE,
        EXPUNGED
    }

    /** A copy that the run made, and its flags then. */
    record CopyMade(MailboxSnapshot mailbox, long uid, Set<String> flags) {}

    MessageTrail(String user, MailboxSnapshot mailbox, MessageSnapshot start) {
        this.user = user;
        this.startMailbox = mailbox;
        this.start = start;
        this.mailbox = mailbox;
        this.uid = start.uid();
        this.flags = start.flags();
    }

    String user() {
        return user;
    }

    MailboxSnapshot startMailbox() {
        return startMailbox;
    }

    /** The message before the first change. */
    MessageSnapshot start() {
        return start;
    }

    /** Where it is now. */
    MailboxSnapshot mailbox() {
        return mailbox;
    }

    /** Its uid there. */
    long uid() {
        return uid;
    }

    /** Its flags, unless somebody changed them since. */
    Set<String> flags() {
        return flags;
    }

    End end() {
        return end;
    }

    List<CopyMade> copies() {
        return copies;
    }

    boolean isMade(int part) {
        return parts.get(part);
    }

    /** Whether all of the first {@code count} parts are made. */
    boolean areMade(int count) {
        return parts.nextClearBit(0) >= count;
    }

    /** Whether anything was done to it that is not undone. */
    boolean isChanged() {
        return end != End.THERE
                || !copies.isEmpty()
                || !mailbox.equals(startMailbox)
                || !FlagWords.same(flags, start.flags());
    }

    void made(int part) {
        parts.set(part);
    }

    /** None of the parts counts as made from here on. */
    void beginsAgain() {
        parts.clear();
    }

    void movedTo(MailboxSnapshot target, long newUid) {
        mailbox = target;
        uid = newUid;
    }

    void flagged(Set<String> now) {
        flags = now;
    }

    void ended(End how) {
        end = how;
    }
}
