/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.time.Instant;
import org.mailroom.search.text.Envelope;

/** What one message is put in order and into threads by. Immutable. */
public record OrderValues(Envelope envelope, Instant internalDate, long size) {

    /** Those of a message. */
    public static OrderValues of(Envelope envelope, Instant internalDate, long size) {
        return new OrderValues(envelope, internalDate, size);
    }
}
