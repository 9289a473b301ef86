/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

/** Takes octets piece by piece. */
@FunctionalInterface
interface OctetSink {

    /** Forgets what it is given. */
    OctetSink NOWHERE = (octets, from, length) -> {};

    /** Takes {@code octets[from..from + length)}, which the caller may change afterwards. */
    void append(byte[] octets, int from, int length);
}
