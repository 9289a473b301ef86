/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import java.util.TreeSet;

/**
 * One change that is made to messages of one mailbox. What a message's rules ask for is a list of these, in order.
 *
 * @param flags for acts on flags: which, as IMAP writes them; otherwise empty
 * @param mailbox for {@link Act#COPY} and {@link Act#MOVE}: the name of the mailbox of the same user that messages come
 *     into, without namespace and user; otherwise empty
 * @param create whether that mailbox is made where it is missing
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Step(Act act, Set<String> flags, String mailbox, boolean create) {

    /** What is done. */
    public enum Act {
        ADD_FLAGS,
        REMOVE_FLAGS,
        /** Makes these all the flags that the message has. */
        SET_FLAGS,
        COPY,
        MOVE,
        /** Deletes for good. */
        EXPUNGE
    }

    public Step {
        flags = flags == null ? Set.of() : new TreeSet<>(flags);
        mailbox = mailbox == null ? "" : mailbox;
    }

    /** {@code act} is one of those on flags. */
    public static Step ofFlags(Act act, Set<String> flags) {
        return new Step(act, flags, "", false);
    }

    public static Step copy(String mailbox, boolean create) {
        return new Step(Act.COPY, Set.of(), mailbox, create);
    }

    public static Step move(String mailbox, boolean create) {
        return new Step(Act.MOVE, Set.of(), mailbox, create);
    }

    public static Step expunge() {
        return new Step(Act.EXPUNGE, Set.of(), "", false);
    }

    /** Whether messages come into another mailbox. */
    @JsonIgnore
    public boolean isFiling() {
        return act == Act.COPY || act == Act.MOVE;
    }

    /** Whether the message has left its mailbox once this is done. */
    @JsonIgnore
    public boolean isLeaving() {
        return act == Act.MOVE || act == Act.EXPUNGE;
    }
}
