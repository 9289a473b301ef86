/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.MessageText;

/**
 * The index of all mailboxes of one user. Thread-safe. A change is seen by every search that starts after the call
 * that made it has returned. Mailboxes are named by their id in the store, as a string.
 *
 * <p>A change is on disk after the next commit, which comes lazily; after a crash the index is as it was at some
 * commit, and {@link #watermark} says for each mailbox what that was. Any method may throw {@link IOException} where
 * the directory cannot be read or written.
 */
public interface UserIndex {

    /** How far {@code mailbox} is indexed; nothing where it is not, or not yet as a whole. */
    Optional<Watermark> watermark(String mailbox);

    /** Notes that every change of {@code mailbox} up to {@code watermark} has been given to this index. */
    void setWatermark(String mailbox, Watermark watermark) throws IOException;

    /** Whether the index was closed cleanly when it was last closed, so that its watermarks lack nothing. */
    boolean closedCleanly();

    /** Adds a message or replaces it. */
    void add(String mailbox, MessageMetadata metadata, MessageText text) throws IOException;

    /** Sets flags and modification sequences of indexed messages; others are passed over. */
    void updateFlags(String mailbox, List<FlagsUpdate> updates) throws IOException;

    /** The new flags and modification sequence of a message. */
    record FlagsUpdate(long uid, Flags flags, long modSeq) {}

    /** Removes messages; uids that are not indexed are passed over. */
    void remove(String mailbox, long... uids) throws IOException;

    /** Removes all that is known of a mailbox, its watermark too. */
    void removeMailbox(String mailbox) throws IOException;

    /** How many messages of the mailbox are indexed. */
    int count(String mailbox) throws IOException;

    /** What is indexed of the messages of a mailbox besides their text, by ascending uid. */
    List<Entry> list(String mailbox) throws IOException;

    /** What is indexed of a message besides its text. */
    record Entry(long uid, long modSeq, Instant internalDate, long size, Flags flags) {}

    /**
     * The messages of {@code mailbox} that match. FUZZY finds what its key finds and, where messages are indexed by
     * relevance, what is like the strings in it, but for those in a NOT there.
     *
     * @param key without keys that speak of a session (sequence numbers, {@code *}, {@code $}, RECENT): see
     *     {@link org.mailroom.search.query.SessionKeys}
     * @param now the time from which OLDER and YOUNGER count
     * @param reader reads the messages that the index cannot decide
     * @param control stops the search, and counts its work
     * @return the hits; their modification sequences are looked up only where the key asks for MODSEQ
     * @throws IllegalArgumentException for a key that depends on a session
     * @throws org.mailroom.search.match.TextLimitException where the answer depends on text that is past the limits of
     *     {@code reader}
     * @throws SearchStoppedException where {@code control} stops the search
     */
    Hits search(String mailbox, SearchKey key, Instant now, MessageReader reader, SearchControl control)
            throws IOException;

    /** As above, for as long as it takes. */
    default Hits search(String mailbox, SearchKey key, Instant now, MessageReader reader) throws IOException {
        return search(mailbox, key, now, reader, SearchControl.unlimited());
    }

    /**
     * Messages of {@code mailbox} in the order of {@code keys}, the first of which counts most; those that are equal by
     * all keys by ascending uid (RFC 5256 section 3, RFC 5957). Reads no message.
     *
     * @param uids in any order, each once; those that are not indexed are left out
     * @param searched the search that found them, for the key RELEVANCY. Where that is the last one, newer messages come
     *     first among those that are equal (RFC 6203 leaves that open)
     */
    long[] sort(String mailbox, long[] uids, List<SortKey> keys, SearchKey searched, SearchControl control)
            throws IOException;

    /** As above, for as long as it takes. */
    default long[] sort(String mailbox, long[] uids, List<SortKey> keys, SearchKey searched) throws IOException {
        return sort(mailbox, uids, keys, searched, SearchControl.unlimited());
    }

    /**
     * How relevant messages of {@code mailbox} are to a search, each from 1 to 100 (RFC 6203 section 4), in the order of
     * {@code uids}. All have 100 where the search has no string under FUZZY, or the index no terms of relevance; those
     * that are not indexed have 1. Reads no message.
     *
     * @param searched the search that found them
     */
    int[] relevancies(String mailbox, long[] uids, SearchKey searched, SearchControl control) throws IOException;

    /** As above, for as long as it takes. */
    default int[] relevancies(String mailbox, long[] uids, SearchKey searched) throws IOException {
        return relevancies(mailbox, uids, searched, SearchControl.unlimited());
    }

    /**
     * Messages of {@code mailbox} in threads, in the order of the answer to THREAD. Reads no message.
     *
     * @param uids in any order, each once; those that are not indexed are left out
     */
    List<MessageThread> threads(String mailbox, long[] uids, ThreadAlgorithm algorithm, SearchControl control)
            throws IOException;

    /** As above, for as long as it takes. */
    default List<MessageThread> threads(String mailbox, long[] uids, ThreadAlgorithm algorithm) throws IOException {
        return threads(mailbox, uids, algorithm, SearchControl.unlimited());
    }

    /** Writes to disk what is not there yet. */
    void commit() throws IOException;

    /** How large the index is. */
    IndexFigures figures() throws IOException;

    /** The mailboxes of which something is indexed: those with a watermark, or with messages. */
    Set<String> mailboxes() throws IOException;

    /**
     * The messages of a mailbox of which not all text is indexed, by ascending uid. Why that is so, reading them tells.
     *
     * @param max how many are listed at most
     */
    Incomplete incomplete(String mailbox, int max) throws IOException;

    /**
     * Messages of which not all text is indexed.
     *
     * @param count how many there are
     * @param uids of the first ones
     */
    record Incomplete(int count, List<Long> uids) {}

    /**
     * Merges segments until no word of an expunged message is in a file that the index uses, and commits. Files that a
     * running search has open are deleted when it ends. Searches and changes go on meanwhile. Takes as long as it takes to
     * write the segments again that have expunged messages, and as much space on disk.
     */
    void optimize() throws IOException;
}
