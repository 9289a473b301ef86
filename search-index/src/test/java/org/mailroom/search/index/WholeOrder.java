/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** Puts messages, which U+0001 divides, in every order and into threads. */
public final class WholeOrder implements Consumer<byte[]> {
    @Override
    public void accept(byte[] octets) {
        OrderedMessages messages = new OrderedMessages();
        StringTokenizer mails = new StringTokenizer(new String(octets, StandardCharsets.UTF_8), "\u0001");
        for (long uid = 1; mails.hasMoreTokens(); uid++) {
            MessageText text = read(mails.nextToken());
            messages.add(uid, OrderValues.of(text.envelope(), Instant.ofEpochSecond(uid), 1));
        }
        for (SortKey.Field field : SortKey.Field.values()) {
            messages.sorted(List.of(new SortKey(field, true)));
        }
        for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
            messages.threads(algorithm);
        }
    }

    private static MessageText read(String mail) {
        try {
            return new MessageTextReader().read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
