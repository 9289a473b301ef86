/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the octets of strings are read as characters: in the charset that the client named, a replacement character for
 * what is malformed; without one as UTF-8 where valid, else as windows-1252, for clients that send 8-bit strings without
 * naming a charset.
 */
record StringDecoder(Optional<Charset> charset) {
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    String decode(byte[] octets) {
        if (charset.isPresent()) {
            return new String(octets, charset.get());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, FALLBACK);
        }
    }

    /** As {@link #decode}; plain ASCII is itself in any charset, for atoms under CHARSET UTF-16. */
    String decodeAtom(byte[] octets) {
        for (byte octet : octets) {
            if (octet < ' ') {
                return decode(octets);
            }
        }
        return new String(octets, StandardCharsets.US_ASCII);
    }
}
