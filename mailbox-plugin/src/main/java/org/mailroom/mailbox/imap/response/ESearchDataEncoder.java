/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.mailroom.mailbox.imap.command.PartialRange;
import org.mailroom.mailbox.imap.command.ReturnOptions;
import org.mailroom.mailbox.imap.command.ReturnOptions.Option;

/** Writes {@code * ESEARCH}. Without state. */
public final class ESearchDataEncoder implements ImapResponseEncoder<ESearchData> {

    @Override
    public Class<ESearchData> acceptableMessages() {
        return ESearchData.class;
    }

    @Override
    public void encode(ESearchData data, ImapResponseComposer composer) throws IOException {
        long[] numbers = data.numbers();
        ReturnOptions options = data.options();
        SequenceSetWriter text = new SequenceSetWriter(numbers.length);
        if (data.uids()) {
            text.text(" UID");
        }
        // what is least and greatest is a matter of the order: the first and the last (RFC 5267 section 3.1);
        // an empty result has no least, no greatest and no set of messages: the items are left out (RFC 4731 section
        // 3.1)
        if (numbers.length > 0 && options.has(Option.MIN)) {
            text.text(" MIN ").number(numbers[0]);
        }
        if (numbers.length > 0 && options.has(Option.MAX)) {
            text.text(" MAX ").number(numbers[numbers.length - 1]);
        }
        if (options.has(Option.COUNT)) {
            text.text(" COUNT ").number(numbers.length);
        }
        if (numbers.length > 0 && options.has(Option.ALL)) {
            text.text(" ALL ").sequenceSet(numbers);
        }
        options.partial().ifPresent(range -> partial(text, range, numbers));
        if (numbers.length > 0 && options.has(Option.RELEVANCY)) {
            relevancies(text, data);
        }
        data.modSeq().ifPresent(modSeq -> text.text(" MODSEQ ").number(modSeq));
        composer.untagged()
                .message("ESEARCH")
                .openParen()
                .message("TAG")
                .quote(data.tag().asString());
        if (data.mailbox().isPresent()) {
            ESearchData.Source mailbox = data.mailbox().get();
            composer.message("MAILBOX")
                    .mailbox(mailbox.name())
                    .message("UIDVALIDITY")
                    .message(mailbox.uidValidity());
        }
        composer.closeParen();
        byte[] items = text.toBytes();
        if (items.length > 0) {
            // the items begin with the space that the composer would write
            composer.skipNextSpace().message(items);
        }
        composer.end();
    }

    /** Of the messages that PARTIAL tells, where it does, and of all otherwise (RFC 6203 does not know PARTIAL). */
    private static void relevancies(SequenceSetWriter text, ESearchData data) {
        long[] all = IntStream.of(data.relevancies()).asLongStream().toArray();
        long[] told = data.options().partial().map(range -> range.of(all)).orElse(all);
        text.text(" RELEVANCY (");
        for (int i = 0; i < told.length; i++) {
            text.text(i == 0 ? "" : " ").number(told[i]);
        }
        text.character(')');
    }

    private static void partial(SequenceSetWriter text, PartialRange range, long[] numbers) {
        long[] part = range.of(numbers);
        text.text(" PARTIAL (").text(range.toString()).character(' ');
        if (part.length == 0) {
            text.text("NIL");
        } else {
            text.sequenceSet(part);
        }
        text.character(')');
    }
}
