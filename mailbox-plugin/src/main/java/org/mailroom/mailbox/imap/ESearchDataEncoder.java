/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.io.IOException;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.mailroom.mailbox.imap.ReturnOptions.Option;

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
        NumberText text = new NumberText(numbers.length);
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

    private static void partial(NumberText text, PartialRange range, long[] numbers) {
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
