/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.io.IOException;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@code * SEARCH} and {@code * SORT}. Without state. */
public final class SearchDataEncoder implements ImapResponseEncoder<SearchData> {
    private static final int TYPICAL_NUMBER = 7;

    @Override
    public Class<SearchData> acceptableMessages() {
        return SearchData.class;
    }

    @Override
    public void encode(SearchData data, ImapResponseComposer composer) throws IOException {
        SequenceSetWriter text = new SequenceSetWriter(data.numbers().length * TYPICAL_NUMBER).text(data.name());
        for (long number : data.numbers()) {
            text.character(' ').number(number);
        }
        data.modSeq().ifPresent(modSeq -> text.text(" (MODSEQ ").number(modSeq).character(')'));
        composer.untagged().message(text.toBytes()).end();
    }
}
