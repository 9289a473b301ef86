/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.lucene.util.BytesRef;
import org.mailroom.search.order.Ancestry;
import org.mailroom.search.order.Threading;

/**
 * Encodes whose reply a message is: the first octet says whether its subject is that of a reply and whether it has an
 * id; then come its id and its references, eight octets each.
 */
final class AncestryBytes {
    private static final int REPLY = 1;
    private static final int HAS_ID = 2;

    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Of a message that has nothing to say. */
    static final BytesRef NONE = new BytesRef(new byte[1]);

    private AncestryBytes() {}

    /** Nothing where there is nothing to say. */
    static Optional<BytesRef> of(Ancestry ancestry, boolean reply) {
        int head = (reply ? REPLY : 0) | (ancestry.id().isPresent() ? HAS_ID : 0);
        if (head == 0 && ancestry.references().isEmpty()) {
            return Optional.empty();
        }
        int numbers =
                (ancestry.id().isPresent() ? 1 : 0) + ancestry.references().size();
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES * numbers).put((byte) head);
        ancestry.id().ifPresent(bytes::putLong);
        ancestry.references().forEach(bytes::putLong);
        return Optional.of(new BytesRef(bytes.array()));
    }

    static boolean isReply(BytesRef ancestry) {
        return (ancestry.bytes[ancestry.offset] & REPLY) != 0;
    }

    /** Tells {@code threading} of the ids of the message that was added last. */
    static void addTo(Threading threading, BytesRef ancestry) {
        int at = ancestry.offset + 1;
        if ((ancestry.bytes[ancestry.offset] & HAS_ID) != 0) {
            threading.id(number(ancestry, at));
            at += Long.BYTES;
        }
        for (; at < ancestry.offset + ancestry.length; at += Long.BYTES) {
            threading.reference(number(ancestry, at));
        }
    }

    private static long number(BytesRef ancestry, int at) {
        return (long) NUMBER.get(ancestry.bytes, at);
    }
}
