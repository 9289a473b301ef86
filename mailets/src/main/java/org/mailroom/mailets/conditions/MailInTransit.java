/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * Shows a mail to search keys as a message. Both methods throw {@link UncheckedIOException} where the message cannot be
 * read.
 *
 * @param now when it is looked at: its internal date
 */
record MailInTransit(Mail mail, MessageTextReader reader, Instant now) implements MessageView {

    /** The uid, the modseq and the ids are of no meaning: {@link UnsupportedKeys} lets no key ask for them. */
    @Override
    public MessageMetadata metadata() {
        try {
            DeliveredMessage.message(mail);
            return metadata(mail.getMessageSize(), now);
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    /** Of a message that is in no mailbox. */
    static MessageMetadata metadata(long size, Instant now) {
        return new MessageMetadata(0, 0, now, Optional.empty(), size, MessageMetadata.Flags.NONE, "", "");
    }

    @Override
    public MessageText text() {
        // James's stream: what delivery would store. It copies nothing while mailets have changed at most the header.
        try (InputStream octets = new MimeMessageInputStream(DeliveredMessage.message(mail))) {
            return reader.read(octets);
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
