/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.text.MessageText;

/**
 * Holds the few messages that came or went since the reader of an index was opened. To reopen it Lucene writes a
 * segment with its own dictionary, and a client that searches right after each message that arrives would wait for
 * that. So a search matches these messages against its key itself, until there are many of them. Thread-safe.
 *
 * <p>The writer numbers all changes of an index in their order, so that an older one never takes the place of a newer.
 */
final class UnrefreshedChanges {
    static final int MOST = 16;
    /** Of the texts of all of them, as a search reads these each time. */
    static final int MAX_CHARACTERS = 200_000;

    private final Map<MessageKey, Latest> latest = new HashMap<>();
    private long searchable;
    private long characters;

    /** @param message nothing where it was removed */
    private record Latest(long change, Optional<HeldMessage> message) {
        long characters() {
            return message.map(HeldMessage::characters).orElse(0L);
        }
    }

    /**
     * Takes a message that was added or replaced.
     *
     * @param change the writer's number
     * @return false where it cannot be held, so that a search needs a reader that has it
     */
    synchronized boolean added(long change, String mailbox, MessageMetadata metadata, MessageText text) {
        return text.complete()
                && hold(
                        new MessageKey(mailbox, metadata.uid()),
                        new Latest(change, Optional.of(new HeldMessage(metadata, text))));
    }

    /** Takes messages that were removed; false where they cannot all be held. */
    synchronized boolean removed(long change, String mailbox, long... uids) {
        boolean all = true;
        for (long uid : uids) {
            all &= hold(new MessageKey(mailbox, uid), new Latest(change, Optional.empty()));
        }
        return all;
    }

    /**
     * What is held already of a message that cannot be held now stays until a reader has the newer one: without it, a
     * search that runs meanwhile would find neither.
     */
    private boolean hold(MessageKey key, Latest message) {
        Latest before = latest.get(key);
        if (message.change() <= searchable || before != null && message.change() < before.change()) {
            return true;
        }
        if (before == null && latest.size() == MOST) {
            return false;
        }
        long more = message.characters() - (before == null ? 0 : before.characters());
        if (characters + more > MAX_CHARACTERS) {
            return false;
        }
        latest.put(key, message);
        characters += more;
        return true;
    }

    /** Gives those that are held their new flags. */
    synchronized void updateFlags(String mailbox, List<FlagsUpdate> updates) {
        if (!latest.isEmpty()) {
            for (FlagsUpdate update : updates) {
                latest.computeIfPresent(
                        new MessageKey(mailbox, update.uid()),
                        (key, is) -> new Latest(is.change(), is.message().map(message -> message.with(update))));
            }
        }
    }

    /** Forgets what the reader has that searches are given from now on: all changes up to this one. */
    synchronized void forget(long change) {
        searchable = Math.max(searchable, change);
        latest.values().removeIf(is -> is.change() <= searchable);
        characters = latest.values().stream().mapToLong(Latest::characters).sum();
    }

    synchronized boolean isEmpty() {
        return latest.isEmpty();
    }

    /** The number of the last change of those that are held; 0 where there is none. */
    synchronized long newest() {
        return latest.values().stream().mapToLong(Latest::change).max().orElse(0);
    }

    /** Those of one mailbox. To be asked for before the reader is taken that is searched. */
    synchronized OfMailbox of(String mailbox) {
        if (latest.isEmpty()) {
            return OfMailbox.NONE;
        }
        Map<MessageKey, Optional<HeldMessage>> messages = new HashMap<>();
        latest.forEach((key, is) -> {
            if (key.mailbox().equals(mailbox)) {
                messages.put(key, is.message());
            }
        });
        return new OfMailbox(messages);
    }

    /**
     * What takes the place of documents of one mailbox. Immutable.
     *
     * @param messages as they are now; nothing for those that were removed
     */
    record OfMailbox(Map<MessageKey, Optional<HeldMessage>> messages) {
        static final OfMailbox NONE = new OfMailbox(Map.of());

        /** Those that were not removed. */
        Stream<HeldMessage> present() {
            return messages.values().stream().flatMap(Optional::stream);
        }

        /** Leaves out of {@code documents} those whose place is taken. */
        void clearReplaced(LeafReader leaf, FixedBitSet documents) throws IOException {
            if (!messages.isEmpty()) {
                MessageKey.Finder finder = new MessageKey.Finder(leaf);
                for (MessageKey replaced : messages.keySet()) {
                    finder.find(replaced, documents::clear);
                }
            }
        }
    }
}
