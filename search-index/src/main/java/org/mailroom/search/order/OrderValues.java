/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.time.Instant;
import java.util.OptionalLong;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.Envelope;
import org.mailroom.search.text.EnvelopeAddress;
import org.mailroom.search.text.HeaderDecoder;

/**
 * What one message is put in order and into threads by. Texts are in the form by which they are sorted ({@link
 * Casemap#sortForm}), by the order of their code points; the empty one is the least. Of a text of more than {@link #LONGEST}
 * octets of UTF-8 the rest is left away. Immutable.
 *
 * @param arrival the internal date in milliseconds
 * @param size in octets
 * @param sent the sent date in seconds; nothing where there is none, so that the internal date counts
 * @param subject the base subject
 * @param reply whether the subject is that of a reply or forward
 * @param cc the mailbox of the first Cc address
 * @param from the mailbox of the first From address
 * @param to the mailbox of the first To address
 * @param displayFrom what clients show of the first From address (RFC 5957)
 * @param displayTo what clients show of the first To address (RFC 5957)
 */
public record OrderValues(
        long arrival,
        long size,
        OptionalLong sent,
        String subject,
        boolean reply,
        String cc,
        String from,
        String to,
        String displayFrom,
        String displayTo,
        Ancestry ancestry) {

    /** An index takes strings of up to 32,766 octets. */
    public static final int LONGEST = 32_000;

    /** Those of a message. */
    public static OrderValues of(Envelope envelope, Instant internalDate, long size) {
        BaseSubject subject = BaseSubject.of(HeaderDecoder.decode(envelope.subject()));
        EnvelopeAddress from = EnvelopeAddress.first(envelope.from());
        EnvelopeAddress to = EnvelopeAddress.first(envelope.to());
        return new OrderValues(
                internalDate.toEpochMilli(),
                size,
                envelope.sent().stream().mapToLong(Instant::getEpochSecond).findFirst(),
                comparable(subject.text()),
                subject.reply(),
                comparable(EnvelopeAddress.first(envelope.cc()).mailbox()),
                comparable(from.mailbox()),
                comparable(to.mailbox()),
                comparable(from.display()),
                comparable(to.display()),
                Ancestry.of(envelope));
    }

    /** The time that DATE goes by, in milliseconds. */
    public long date() {
        return sent.isPresent() ? sent.getAsLong() * 1000 : arrival;
    }

    private static String comparable(String text) {
        String normalised = Casemap.keepingAccents().sortForm(text);
        // a character is three octets at most, and each of a pair two
        if (normalised.length() <= LONGEST / 3) {
            return normalised;
        }
        int octets = 0;
        int end = 0;
        while (end < normalised.length()) {
            int c = normalised.codePointAt(end);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets > LONGEST) {
                break;
            }
            end += Character.charCount(c);
        }
        return normalised.substring(0, end);
    }
}
