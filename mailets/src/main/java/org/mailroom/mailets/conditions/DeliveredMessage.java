/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.InternetHeadersInputStream;
import org.apache.james.server.core.MailHeaders;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;
import org.apache.mailet.base.RFC2822Headers;

/**
 * Gives the octets that James's LocalDelivery would store of a mail: its message with Return-Path, and with the header
 * fields that one recipient alone gets. It leaves the mail as it is; James's own way to copy one would reorder its
 * header first, and fail where it is malformed.
 */
public record DeliveredMessage(Mail mail) {

    /** The message as {@code recipient} gets it, which the caller closes. */
    public InputStream open(MailAddress recipient) throws MessagingException, IOException {
        return open(fieldsOf(recipient));
    }

    /** How many octets {@code recipient} gets. */
    public long size(MailAddress recipient) throws MessagingException, IOException {
        return header(fieldsOf(recipient)).length + bodySize();
    }

    /** The fields that {@code recipient} alone gets. */
    Collection<Header> fieldsOf(MailAddress recipient) {
        return mail.getPerRecipientSpecificHeaders().getHeadersForRecipient(recipient);
    }

    /** The message with {@code fields} besides. */
    InputStream open(Collection<Header> fields) throws MessagingException, IOException {
        InputStream message = message();
        try {
            return new SequenceInputStream(new ByteArrayInputStream(header(message, fields)), message);
        } catch (MessagingException | IOException | RuntimeException e) {
            message.close();
            throw e;
        }
    }

    /** The header with {@code fields} besides, and the line that ends it. */
    byte[] header(Collection<Header> fields) throws MessagingException, IOException {
        try (InputStream message = message()) {
            return header(message, fields);
        }
    }

    long bodySize() throws MessagingException, IOException {
        try (InputStream message = message()) {
            header(message, List.of());
            return message.transferTo(OutputStream.nullOutputStream());
        }
    }

    private InputStream message() throws MessagingException {
        return new MimeMessageInputStream(message(mail));
    }

    /** Takes the header off {@code message}, as James does. */
    private byte[] header(InputStream message, Collection<Header> fields) throws MessagingException, IOException {
        MailHeaders header = new MailHeaders(message);
        header.setHeader(RFC2822Headers.RETURN_PATH, mail.getMaybeSender().asPrettyString());
        fields.forEach(field -> header.addHeader(field.getName(), field.getValue()));
        try (InputStream lines = new InternetHeadersInputStream(header)) {
            return lines.readAllBytes();
        }
    }

    /** @throws MessagingException where the mail has no message */
    static MimeMessage message(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        if (message == null) {
            throw new MessagingException("the mail has no message");
        }
        return message;
    }
}
