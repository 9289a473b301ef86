/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

/**
 * Shows the selected mailbox as an IMAP session sees it: what sequence numbers, {@code *}, {@code $} and RECENT stand
 * for. It must not change while keys are resolved.
 */
public interface SessionView {

    /** How many messages there are, so that sequence numbers go from 1 to that. */
    long messageCount();

    /**
     * The uid of the message with the sequence number {@code sequenceNumber}; asked of no number beyond {@link
     * #messageCount}. Uids ascend with sequence numbers.
     */
    long uid(long sequenceNumber);

    /** The uids of the messages that are recent in the session, in any order. */
    long[] recentUids();

    /** The uids of the last result that the session saved (RFC 5182), without {@code *}; empty where there is none. */
    NumberSet savedResult();
}
