/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.mailroom.search.order.OrderValues;

/** Says which fields of a document hold which of a message's {@link OrderValues}. */
final class OrderFields {
    /** The empty string is left out of a document: it is the least, as no string is. */
    static final Map<String, Function<OrderValues, String>> STRINGS = Map.of(
            Fields.BASE_SUBJECT, OrderValues::subject,
            Fields.FROM_MAILBOX, OrderValues::from,
            Fields.TO_MAILBOX, OrderValues::to,
            Fields.CC_MAILBOX, OrderValues::cc,
            Fields.FROM_DISPLAY, OrderValues::displayFrom,
            Fields.TO_DISPLAY, OrderValues::displayTo);

    static final Map<String, Function<OrderValues, OptionalLong>> NUMBERS = Map.of(
            Fields.INTERNAL_DATE, values -> OptionalLong.of(values.arrival()),
            Fields.SIZE, values -> OptionalLong.of(values.size()),
            Fields.SENT_TIME, OrderValues::sent);

    private OrderFields() {}
}
