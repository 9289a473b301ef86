/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The octets of a part with its transfer encoding (RFC 2045 section 6) decoded. Broken encodings are read as far as
 * they go: nothing but a failing {@code encoded} stream makes reading fail. Closing leaves {@code encoded} open, which
 * belongs to the parser of the message.
 */
abstract class TransferDecodingStream extends InputStream {

    private static final int CHUNK = 4096;

    /** Small, since a message may have very many very small parts. */
    private static final int FIRST_CHUNK = 256;

    private static final int HELD_BACK = 128;

    private final InputStream encoded;
    private byte[] in = new byte[FIRST_CHUNK];

    /** Decoded and not yet read: a chunk never decodes to more than itself and what was held back before it. */
    private byte[] out = new byte[FIRST_CHUNK + HELD_BACK];

    private int position;
    private int limit;
    private boolean atEnd;
    private boolean mayBeLong;

    TransferDecodingStream(InputStream encoded) {
        this.encoded = Objects.requireNonNull(encoded);
    }

    /** Whether this encoding changes octets; 7bit, 8bit, binary and unknown ones do not. */
    static boolean decodes(String transferEncoding) {
        return switch (transferEncoding) {
            case "base64", "quoted-printable", "x-uuencode", "x-uue", "uuencode", "uue" -> true;
            default -> false;
        };
    }

    /** The decoded octets of a part; an unknown encoding is none. */
    static InputStream of(String transferEncoding, InputStream encoded) {
        return switch (transferEncoding) {
            case "base64" -> new Base64Stream(encoded);
            case "quoted-printable" -> new QuotedPrintableStream(encoded);
            case "x-uuencode", "x-uue", "uuencode", "uue" -> new UuencodeStream(encoded);
            default -> new IdentityStream(encoded);
        };
    }

    /**
     * Decodes {@code in[0..length)} to {@code out}, and at the end of the part ({@code last}) what was held back.
     *
     * @return how many octets were written; at most {@code length + 128}
     */
    abstract int decode(byte[] in, int length, boolean last, byte[] out);

    @Override
    public int read() throws IOException {
        return fill() ? out[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, limit - position);
        System.arraycopy(out, position, target, offset, read);
        position += read;
        return read;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            if (atEnd) {
                return false;
            }
            if (mayBeLong && in.length == FIRST_CHUNK) {
                in = new byte[CHUNK];
                out = new byte[CHUNK + HELD_BACK];
            }
            int read = encoded.read(in, 0, in.length);
            atEnd = read < 0;
            position = 0;
            limit = decode(in, Math.max(read, 0), atEnd, out);
            mayBeLong |= read == FIRST_CHUNK;
        }
        return true;
    }

    /** The value of an ASCII hexadecimal digit, or -1. */
    static int hexDigit(int c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static final class IdentityStream extends TransferDecodingStream {
        IdentityStream(InputStream encoded) {
            super(encoded);
        }

        @Override
        int decode(byte[] in, int length, boolean last, byte[] out) {
            System.arraycopy(in, 0, out, 0, length);
            return length;
        }
    }
}
