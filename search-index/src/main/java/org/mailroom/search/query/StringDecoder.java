/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailroom.search.charset.MailCharset;

/**
 * Decodes the octets of strings: in the charset that the client named, a replacement character for what is malformed;
 * without one as UTF-8 where valid, else as windows-1252, for clients that send 8-bit strings without naming a charset.
 */
record StringDecoder(Optional<Charset> charset) {
    private static final Charset FALLBACK = MailCharset.WINDOWS_1252;

    String decode(byte[] octets) {
        if (charset.isPresent()) {
            return replacing(charset.get(), octets);
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

    /** {@link String}'s constructor fails where a charset that is not the JDK's, as UTF-7, finds fault with octets. */
    private static String replacing(Charset charset, byte[] octets) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(octets.length * (double) decoder.maxCharsPerByte()) + 2);
        try {
            if (!decoder.decode(ByteBuffer.wrap(octets), out, true).isUnderflow()
                    || !decoder.flush(out).isUnderflow()) {
                out.put('\uFFFD');
            }
            return out.flip().toString();
        } catch (CoderMalfunctionError e) {
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
