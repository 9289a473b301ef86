/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ParsedAttachment;
import org.mailroom.mailbox.james.AttachmentParser;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;

/**
 * Decides James's criteria on attachments. The index knows the text and the file names of attachments as parts of the
 * body; James's own parser says what an attachment is, for the messages that the index finds. Strings match as
 * everywhere: the normalised string is within one text or file name.
 */
final class AttachmentCriteria {

    /** Messages without any of these have no attachment, whatever else they have. */
    private static final SearchKey MAY_HAVE_ATTACHMENTS = SimplifiedKeys.any(
            new MailKey.Header("Content-Type", "multipart"),
            new MailKey.Header("Content-Type", "pgp-signature"),
            new MailKey.Header("Content-Type", "disposition-notification"),
            new MailKey.Header("Content-Disposition", ""),
            new MailKey.Header("Content-ID", ""));

    private final MessageInspection undecided;
    private final MessageTextReader texts;
    private final Casemap casemap;
    private final AttachmentParser parser = new AttachmentParser();

    AttachmentCriteria(MessageInspection undecided, MessageTextReader texts, Casemap casemap) {
        this.undecided = undecided;
        this.texts = texts;
        this.casemap = casemap;
    }

    /** Messages with {@code value} in the text of an attachment. */
    SearchKey contain(String value) throws MailboxException, IOException {
        String needle = casemap.normaliseQuery(value);
        return among(new MailKey.Body(value), attachment -> isInText(attachment, needle));
    }

    /** Messages with {@code value} in the file name of an attachment. */
    SearchKey areNamed(String value) throws MailboxException, IOException {
        String needle = casemap.normaliseQuery(value);
        return among(new MailKey.Body(value), attachment -> attachment
                .getName()
                .filter(name -> casemap.normalise(name).contains(needle))
                .isPresent());
    }

    /** Messages with an attachment that is not shown inside the body. */
    SearchKey exist() throws MailboxException, IOException {
        return among(MAY_HAVE_ATTACHMENTS, attachment -> !attachment.isInline());
    }

    private interface AttachmentTest {
        boolean holds(ParsedAttachment attachment) throws IOException;
    }

    private SearchKey among(SearchKey candidates, AttachmentTest test) throws MailboxException, IOException {
        return undecided.among(candidates, Extent.CONTENT, message -> hasOne(message, test));
    }

    private boolean hasOne(StoredMessage message, AttachmentTest test) throws IOException {
        try (InputStream content = message.open()) {
            return parser.read(content, attachments -> hasOne(attachments, test));
        }
    }

    private static boolean hasOne(List<ParsedAttachment> attachments, AttachmentTest test) throws IOException {
        for (ParsedAttachment attachment : attachments) {
            if (test.holds(attachment)) {
                return true;
            }
        }
        return false;
    }

    /** The attachment is read as if it were a message of its own: so its text is what the index has of it. */
    private boolean isInText(ParsedAttachment attachment, String needle) throws IOException {
        String type = attachment.getContentType().asString().replaceAll("\\s+", " ");
        byte[] header = ("Content-Type: " + type + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        try (InputStream entity = new SequenceInputStream(
                new ByteArrayInputStream(header), attachment.getContent().openStream())) {
            return texts.read(entity).body().stream()
                    .anyMatch(text -> casemap.normalise(text).contains(needle));
        }
    }
}
