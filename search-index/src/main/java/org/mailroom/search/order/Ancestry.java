/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.List;
import java.util.OptionalLong;
import org.mailroom.search.text.Envelope;

/**
 * Whose reply a message is. Message ids are numbers ({@link MessageIds#number}), which are never 0.
 *
 * @param id its own; nothing where it has no valid one
 * @param references those of its ancestors, oldest first: the valid ones in References, or else the first valid one in
 *     In-Reply-To (RFC 5256 section 3)
 */
public record Ancestry(OptionalLong id, List<Long> references) {
    public Ancestry {
        references = List.copyOf(references);
    }

    static Ancestry of(Envelope envelope) {
        List<String> references = MessageIds.in(envelope.references());
        if (references.isEmpty()) {
            references = MessageIds.in(envelope.inReplyTo()).stream().limit(1).toList();
        }
        return new Ancestry(
                MessageIds.in(envelope.messageId()).stream()
                        .mapToLong(MessageIds::number)
                        .findFirst(),
                references.stream().map(MessageIds::number).toList());
    }
}
