/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MessageResultIterator;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageIdentity;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Uids;

/** Reads a mailbox in a session of its own, no further than the headers of its messages. For one thread. */
final class OpenMailbox {
    /** Reading a few messages too many costs less than asking once more. */
    private static final int READ_ACROSS = 4;

    private static final int DIGEST_OCTETS = 16;

    private final MessageManager messages;
    private final MailboxSession session;

    OpenMailbox(MessageManager messages, MailboxSession session) {
        this.messages = messages;
        this.session = session;
    }

    MessageManager messages() {
        return messages;
    }

    MailboxSnapshot asSeen() throws MailboxException {
        return new MailboxSnapshot(
                messages.getId().serialize(),
                messages.getMailboxPath().getName(),
                messages.getMailboxEntity().getUidValidity().asLong());
    }

    /** The uid that the next message will have at least. */
    long uidNext() throws MailboxException {
        return metaData(MailboxMetaData.Item.NextUid).getUidNext().asLong();
    }

    /** The highest modification sequence of any change so far. */
    long highestModSeq() throws MailboxException {
        return metaData(MailboxMetaData.Item.HighestModSeq).getHighestModSeq().asLong();
    }

    private MailboxMetaData metaData(MailboxMetaData.Item item) throws MailboxException {
        return messages.getMetaData(MailboxMetaData.RecentMode.IGNORE, session, EnumSet.of(item));
    }

    /** Those of the messages that are there, by uid. */
    SortedMap<Long, StoredMessage> read(Uids uids) throws MailboxException {
        SortedMap<Long, StoredMessage> found = new TreeMap<>();
        readAmong(uids, FetchGroup.HEADERS, result -> found.put(result.getUid().asLong(), stored(result)));
        return found;
    }

    /** The flags of those of the messages that are there, by uid. */
    SortedMap<Long, Set<String>> readFlags(Uids uids) throws MailboxException {
        SortedMap<Long, Set<String>> found = new TreeMap<>();
        readAmong(
                uids,
                FetchGroup.MINIMAL,
                result -> found.put(result.getUid().asLong(), JamesFlags.names(result.getFlags())));
        return found;
    }

    /** All messages with {@code uid} or above, by uid. */
    SortedMap<Long, StoredMessage> readFrom(long uid) throws MailboxException {
        SortedMap<Long, StoredMessage> found = new TreeMap<>();
        read(MessageRange.from(MessageUid.of(uid)), FetchGroup.HEADERS, result -> {
            // RFC 3501: a range to the end holds the last message even where it is below
            if (result.getUid().asLong() >= uid) {
                found.put(result.getUid().asLong(), stored(result));
            }
        });
        return found;
    }

    /** Receives messages. */
    interface HeaderConsumer {
        /** @param fields the first value of each field that is there, neither unfolded nor decoded */
        void accept(long uid, Map<String, String> fields) throws MailboxException;
    }

    /** Passes on the fields {@code names} of those of the messages that are there, ascending. */
    void readHeaders(Uids uids, Set<String> names, HeaderConsumer consumer) throws MailboxException {
        readAmong(
                uids,
                FetchGroup.HEADERS,
                result -> consumer.accept(result.getUid().asLong(), fields(result, names)));
    }

    private interface ResultConsumer {
        void accept(MessageResult result) throws MailboxException;
    }

    private void readAmong(Uids uids, FetchGroup what, ResultConsumer consumer) throws MailboxException {
        Set<Long> asked = uids.stream().boxed().collect(Collectors.toSet());
        for (Uids.Range range : uids.ranges(READ_ACROSS)) {
            read(MessageRange.range(MessageUid.of(range.first()), MessageUid.of(range.last())), what, result -> {
                if (asked.contains(result.getUid().asLong())) {
                    consumer.accept(result);
                }
            });
        }
    }

    private void read(MessageRange range, FetchGroup what, ResultConsumer consumer) throws MailboxException {
        MessageResultIterator results = messages.getMessages(range, what, session);
        while (results.hasNext()) {
            consumer.accept(results.next());
        }
        if (results.getException() != null) {
            throw results.getException();
        }
    }

    private static StoredMessage stored(MessageResult result) throws MailboxException {
        return new StoredMessage(
                new MessageSnapshot(
                        result.getUid().asLong(),
                        JamesFlags.names(result.getFlags()),
                        identity(result),
                        header(result, "Message-ID").orElse("")),
                result.getModSeq().asLong(),
                // those of other stores are not even to be compared
                Optional.of(result.getMessageId())
                        .filter(MessageId::isSerializable)
                        .map(MessageId::serialize));
    }

    private static MessageIdentity identity(MessageResult result) throws MailboxException {
        try (InputStream header = result.getHeaders().getInputStream()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(header.readAllBytes());
            return new MessageIdentity(
                    result.getSize(),
                    result.getInternalDate().getTime(),
                    HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_OCTETS)));
        } catch (IOException e) {
            throw new MailboxException(
                    "cannot read the header of message " + result.getUid().asLong(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The value of the first field {@code name}, neither unfolded nor decoded. */
    static Optional<String> header(MessageResult result, String name) throws MailboxException {
        return Optional.ofNullable(fields(result, Set.of(name)).get(name));
    }

    /** The values of the first fields {@code names}, as {@link #header}, of those that are there. */
    private static Map<String, String> fields(MessageResult result, Set<String> names) throws MailboxException {
        Map<String, String> values = new HashMap<>();
        Iterator<Header> fields = result.getHeaders().headers();
        while (fields.hasNext() && values.size() < names.size()) {
            Header field = fields.next();
            String written = field.getName().strip();
            for (String name : names) {
                if (name.equalsIgnoreCase(written)) {
                    values.putIfAbsent(name, field.getValue().strip());
                }
            }
        }
        return values;
    }
}
