/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Iterator;
import java.util.Optional;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;
import org.mailroom.search.match.MessageMetadata;

/** Is what James has read of a message. */
record LoadedMessage(MessageResult result, StoredMailbox.Extent extent) implements StoredMailbox.StoredMessage {
    @Override
    public MessageMetadata metadata() {
        return new MessageMetadata(
                result.getUid().asLong(),
                result.getModSeq().asLong(),
                instant(result.getInternalDate()),
                result.getSaveDate().map(LoadedMessage::instant),
                result.getSize(),
                JamesFlags.of(result.getFlags()),
                id(result.getMessageId()),
                result.getThreadId() == null ? "" : id(result.getThreadId().getBaseMessageId()));
    }

    @Override
    public MessageId id() {
        return result.getMessageId();
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return switch (extent) {
                case METADATA -> throw new IllegalStateException("only metadata were asked for");
                case HEADER -> result.getHeaders().getInputStream();
                case CONTENT -> result.getFullContent().getInputStream();
            };
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Optional<String> header(String name) throws IOException {
        try {
            Iterator<Header> header = result.getHeaders().headers();
            while (header.hasNext()) {
                Header field = header.next();
                if (field.getName().strip().equalsIgnoreCase(name)) {
                    return Optional.of(field.getValue());
                }
            }
            return Optional.empty();
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    /** The JPA store gives messages no ids: no EMAILID is theirs. */
    private static String id(MessageId id) {
        return id.isSerializable() ? id.serialize() : "";
    }

    /** To the millisecond: stores may give a subclass of Date that knows more, or cannot be asked for an instant. */
    private static Instant instant(Date date) {
        return Instant.ofEpochMilli(date.getTime());
    }
}
