/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.mailroom.mailbox.imap.command.SearchCommand;
import org.mailroom.mailbox.imap.context.ContextChange.Piece;
import org.mailroom.mailbox.imap.selection.SelectedMessages;
import org.mailroom.search.query.SearchKey;

/**
 * Keeps the result of a SEARCH or SORT with UPDATE, and computes the updates that its client gets (RFC 5267 section
 * 4.3). Not thread-safe.
 */
final class LiveContext {
    private final SearchCommand command;
    private final SearchKey key;
    private final SelectedMailbox mailbox;

    /** The result as the client has it. */
    private long[] told;

    private Optional<long[]> found = Optional.empty();
    private long latestSearch;

    LiveContext(SearchCommand command, SearchKey key, SelectedMailbox mailbox, long[] told) {
        this.command = command;
        this.key = key;
        this.mailbox = mailbox;
        this.told = told;
    }

    SearchCommand command() {
        return command;
    }

    /** As the client wrote it. */
    SearchKey key() {
        return key;
    }

    /** How many messages are kept in mind. */
    int size() {
        return told.length;
    }

    /**
     * The result is {@code uids} now; the client does not know yet.
     *
     * @param search the number of the search, later ones having greater ones: an earlier result is of no interest
     */
    void found(long search, long[] uids) {
        if (search > latestSearch) {
            latestSearch = search;
            found = Optional.of(uids);
        }
    }

    /**
     * The update that the client gets now. A message that the session has no number for is not in what is added: James
     * has not announced it yet, and it is added once James has.
     */
    Optional<ContextUpdate> news() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!command.uids()) {
            // with its number the client has lost it
            told = LongStream.of(told).filter(this::isNumbered).toArray();
        }
        long[] known = told.clone();
        Arrays.sort(known);
        long[] now = LongStream.of(found.get())
                .filter(uid -> isNumbered(uid) || Arrays.binarySearch(known, uid) >= 0)
                .toArray();
        if (now.length == found.get().length) {
            found = Optional.empty();
        }
        return update(now, command.uids() ? uid -> uid : this::number);
    }

    /**
     * The update that the client gets before the expunge of messages (RFC 5267 section 4.3): they have left the result.
     *
     * @param expunged ascending
     * @param numbers the sequence number of each as the client has it, or 0 where nothing can be said of it
     */
    Optional<ContextUpdate> before(long[] expunged, LongUnaryOperator numbers) {
        long[] left = LongStream.of(told)
                .filter(uid -> Arrays.binarySearch(expunged, uid) < 0)
                .toArray();
        if (left.length == told.length) {
            return Optional.empty();
        }
        if (!command.uids()) {
            told = LongStream.of(told)
                    .filter(uid -> Arrays.binarySearch(expunged, uid) < 0 || numbers.applyAsLong(uid) > 0)
                    .toArray();
        }
        return update(left, command.uids() ? uid -> uid : numbers);
    }

    private Optional<ContextUpdate> update(long[] now, LongUnaryOperator numbers) {
        ContextChange change =
                command.order().isEmpty() ? ContextChange.ofSets(told, now) : ContextChange.ofLists(told, now);
        told = now;
        return change.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContextUpdate(
                        command.getTag(),
                        command.uids(),
                        pieces(change.removed(), numbers),
                        pieces(change.added(), numbers)));
    }

    private static List<ContextUpdate.Piece> pieces(List<Piece> pieces, LongUnaryOperator numbers) {
        List<ContextUpdate.Piece> numbered = new ArrayList<>();
        for (Piece piece : pieces) {
            numbered.add(new ContextUpdate.Piece(
                    piece.position(), LongStream.of(piece.uids()).map(numbers).toArray()));
        }
        return numbered;
    }

    private boolean isNumbered(long uid) {
        return number(uid) > 0;
    }

    private long number(long uid) {
        return SelectedMessages.sequenceNumber(mailbox, uid);
    }
}
