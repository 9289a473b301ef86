/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.io.IOException;
import java.util.List;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.mailroom.mailbox.imap.response.SequenceSetWriter;

/** Writes {@code * ESEARCH} with REMOVEFROM and ADDTO. Without state. */
public final class ContextUpdateEncoder implements ImapResponseEncoder<ContextUpdate> {
    private static final int TYPICAL_NUMBER = 8;

    @Override
    public Class<ContextUpdate> acceptableMessages() {
        return ContextUpdate.class;
    }

    @Override
    public void encode(ContextUpdate update, ImapResponseComposer composer) throws IOException {
        SequenceSetWriter text = new SequenceSetWriter(
                TYPICAL_NUMBER * (update.removed().size() + update.added().size() + 8));
        if (update.uids()) {
            text.text(" UID");
        }
        item(" REMOVEFROM (", update.removed(), text);
        item(" ADDTO (", update.added(), text);
        composer.untagged()
                .message("ESEARCH")
                .openParen()
                .message("TAG")
                .quote(update.tag().asString())
                .closeParen()
                // the items begin with the space that the composer would write
                .skipNextSpace()
                .message(text.toBytes())
                .end();
    }

    private static void item(String name, List<ContextUpdate.Piece> pieces, SequenceSetWriter text) {
        if (pieces.isEmpty()) {
            return;
        }
        text.text(name);
        boolean first = true;
        for (ContextUpdate.Piece piece : pieces) {
            if (!first) {
                text.character(' ');
            }
            first = false;
            text.number(piece.position()).character(' ').sequenceSet(piece.numbers());
        }
        text.character(')');
    }
}
