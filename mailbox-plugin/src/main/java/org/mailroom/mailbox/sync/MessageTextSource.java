/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the text of stored messages. Thread-safe. */
final class MessageTextSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(MessageTextSource.class);

    private final MessageTextReader reader;

    MessageTextSource(MessageTextReader reader) {
        this.reader = reader;
    }

    /**
     * The text of a message. One whose content the store cannot give, while it can list it, has none: it must not
     * keep all others from being found. It is asked for again whenever a search depends on it. Nothing where the message
     * was expunged since it was listed.
     */
    Optional<MessageText> text(StoredMailbox mailbox, StoredMessage message) {
        try (InputStream content = message.open()) {
            return Optional.of(reader.read(content));
        } catch (IOException | RuntimeException e) {
            if (isExpunged(mailbox, message)) {
                return Optional.empty();
            }
            LOGGER.warn(
                    "The store cannot give message {} of mailbox {} of {}: until it can, the message is found by its"
                            + " flags, dates and size only",
                    message.metadata().uid(),
                    mailbox.id().serialize(),
                    mailbox.owner().asString(),
                    e);
            return Optional.of(none());
        }
    }

    private static boolean isExpunged(StoredMailbox mailbox, StoredMessage message) {
        try {
            return mailbox.metadata(message.metadata().uid()).isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }

    /** The text of a message that cannot be read. */
    static MessageText none() {
        return new MessageText(List.of(), List.of(), Optional.empty(), false);
    }

    /** The message as it is in the store now; nothing where it is gone. */
    Optional<MessageView> view(StoredMailbox mailbox, long uid) throws IOException {
        MessageView[] found = new MessageView[1];
        mailbox.read(uid, uid, message -> text(mailbox, message)
                .ifPresent(text -> found[0] = new View(message.metadata(), text)));
        return Optional.ofNullable(found[0]);
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}
}
