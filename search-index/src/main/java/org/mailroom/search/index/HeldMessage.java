/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.time.Instant;
import java.util.Optional;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.text.MessageText;

/**
 * A message that the reader of an index does not have yet. Many searches match it before the reader has it, so it is
 * normalised once, and its values for SORT and THREAD are computed once, when they are first asked for. Thread-safe.
 */
final class HeldMessage implements MessageView {
    private final MessageMetadata metadata;
    private final MessageText text;
    /** Of use for one thread at a time: guarded by this. */
    private final NormalisedText normalised;

    private Optional<OrderValues> order = Optional.empty();

    HeldMessage(MessageMetadata metadata, MessageText text) {
        this.metadata = metadata;
        this.text = text;
        this.normalised = new NormalisedText(this);
    }

    @Override
    public MessageMetadata metadata() {
        return metadata;
    }

    @Override
    public MessageText text() {
        return text;
    }

    synchronized boolean matches(MessageMatch key, Instant now) {
        return key.matches(normalised, now);
    }

    synchronized OrderValues order() {
        if (order.isEmpty()) {
            order = Optional.of(OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size()));
        }
        return order.get();
    }

    /** The same message with other flags. */
    HeldMessage with(FlagsUpdate update) {
        return new HeldMessage(metadata.with(update.flags(), update.modSeq()), text);
    }

    long characters() {
        return text.header().stream().mapToLong(field -> field.value().length()).sum()
                + text.body().stream().mapToLong(String::length).sum();
    }
}
