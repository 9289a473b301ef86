/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.text.Completeness;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * Gives for each recipient the mail as James's LocalDelivery will store it: with Return-Path, with the header fields
 * that this recipient alone gets, such as Delivered-To, and of the size that it has then. So a condition finds the same
 * before and after. The mail must not be changed meanwhile. Not thread-safe.
 */
public final class RecipientViews {
    private final DeliveredMessage octets;
    private final MessageTextReader reader;
    private final Instant now;
    private final Stored forMost = new Stored(List.of());
    private final NormalisedText textForMost = new NormalisedText(forMost);
    private final MailView viewOfMost;
    private final Map<MailAddress, MailView> others = new HashMap<>();
    private OptionalLong bodySize = OptionalLong.empty();

    RecipientViews(Mail mail, MessageTextReader reader, Instant now) {
        this.octets = new DeliveredMessage(mail);
        this.reader = reader;
        this.now = now;
        this.viewOfMost = new MailView(mail.getName(), textForMost, now);
    }

    /** What {@code recipient} gets: the same view where it is the same. Nothing is read before a condition asks for it. */
    public MailView of(MailAddress recipient) {
        Collection<Header> fields = octets.fieldsOf(recipient);
        return fields.isEmpty()
                ? viewOfMost
                : others.computeIfAbsent(recipient, other -> {
                    NormalisedText text = textForMost.withSameBody(new StoredForOne(fields));
                    return new MailView(octets.mail().getName(), text, now);
                });
    }

    private interface Reading<T> {
        T read() throws MessagingException, IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MessagingException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long bodySize() {
        if (bodySize.isEmpty()) {
            bodySize = OptionalLong.of(read(octets::bodySize));
        }
        return bodySize.getAsLong();
    }

    /** With fields besides. */
    private class Stored implements MessageView {
        private final Collection<Header> fields;
        private Optional<MessageText> text = Optional.empty();

        Stored(Collection<Header> fields) {
            this.fields = List.copyOf(fields);
        }

        byte[] header() throws MessagingException, IOException {
            return octets.header(fields);
        }

        @Override
        public MessageMetadata metadata() {
            return MailInTransit.metadata(bodySize() + read(this::header).length, now);
        }

        @Override
        public MessageText text() {
            if (text.isEmpty()) {
                text = Optional.of(read(this::readText));
            }
            return text.get();
        }

        MessageText readText() throws MessagingException, IOException {
            try (InputStream message = octets.open(fields)) {
                return reader.read(message);
            }
        }
    }

    /** With fields that one recipient alone gets: only the header is read once more. */
    private final class StoredForOne extends Stored {

        StoredForOne(Collection<Header> fields) {
            super(fields);
        }

        @Override
        MessageText readText() throws MessagingException, IOException {
            MessageText most = forMost.text();
            MessageText own = reader.read(new ByteArrayInputStream(header()));
            return new MessageText(
                    own.header(),
                    most.body(),
                    own.sentDate(),
                    own.envelope(),
                    new Completeness(
                            own.completeness().headerGaps(), most.completeness().bodyGaps()),
                    most.hasAttachment());
        }
    }
}
