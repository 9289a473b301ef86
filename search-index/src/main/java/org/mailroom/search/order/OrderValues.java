/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.SentDate;

/**
 * What SORT and THREAD need to know of a message's header.
 *
 * @param subject its base subject; empty where it has no Subject field
 * @param from the local part of the first address in From (RFC 5256: addr-mailbox), as it is compared; empty for none
 * @param to the same of To
 * @param cc the same of Cc
 * @param displayFrom the display name of the first address in From, else the address (RFC 5957), as it is compared
 * @param displayTo the same of To
 * @param sent the time in the Date field; nothing where it cannot be read
 * @param messageId its Message-ID; nothing where it has none that is valid
 * @param references the messages it says it answers, the oldest first
 */
public record OrderValues(
        BaseSubject subject,
        String from,
        String to,
        String cc,
        String displayFrom,
        String displayTo,
        Optional<Instant> sent,
        Optional<MessageIdHash> messageId,
        List<MessageIdHash> references) {

    private static final HeaderField NONE = new HeaderField("", "");

    public OrderValues {
        references = List.copyOf(references);
    }

    /** Of a message's header fields; of a field that must not occur twice the first counts. */
    public static OrderValues of(MessageText text) {
        Map<String, HeaderField> first = new HashMap<>();
        Optional<Instant> sent = Optional.empty();
        for (HeaderField field : text.header()) {
            String name = HeaderField.foldName(field.name());
            first.putIfAbsent(name, field);
            if (sent.isEmpty() && name.equals("date")) {
                sent = SentDate.readInstant(field.value());
            }
        }
        FirstAddress from = address(first, "from");
        FirstAddress to = address(first, "to");
        List<MessageIdHash> references = ids(first, "references");
        if (references.isEmpty()) {
            // RFC 5256: of In-Reply-To the first id only
            references = ids(first, "in-reply-to").stream().limit(1).toList();
        }
        return new OrderValues(
                BaseSubject.of(first.getOrDefault("subject", NONE).value()),
                compared(from.mailbox()),
                compared(to.mailbox()),
                compared(address(first, "cc").mailbox()),
                compared(from.display()),
                compared(to.display()),
                sent,
                ids(first, "message-id").stream().findFirst(),
                references);
    }

    private static FirstAddress address(Map<String, HeaderField> fields, String name) {
        return FirstAddress.in(fields.getOrDefault(name, NONE).unfolded());
    }

    private static List<MessageIdHash> ids(Map<String, HeaderField> fields, String name) {
        return MessageIdHash.in(fields.getOrDefault(name, NONE).unfolded());
    }

    private static String compared(String text) {
        return Casemap.normaliseQuery(text);
    }
}
