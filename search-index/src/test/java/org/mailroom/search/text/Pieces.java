/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayInputStream;
import java.util.Random;

/** A stream that comes in small pieces, as from a network. */
final class Pieces extends ByteArrayInputStream {

    private final Random random;

    Pieces(byte[] octets, Random random) {
        super(octets);
        this.random = random;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(9)));
    }
}
