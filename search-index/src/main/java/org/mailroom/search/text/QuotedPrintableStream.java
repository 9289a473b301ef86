/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.InputStream;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7). A broken escape stays as it is written; a soft line break may have
 * blanks before its line end; blanks at line ends are kept, since they make no difference to a search.
 */
final class QuotedPrintableStream extends TransferDecodingStream {

    /** How many octets after a {@code =} are held back at most: blanks that may turn out to be a soft line break. */
    private static final int LONGEST_ESCAPE = 100;

    private final byte[] escape = new byte[LONGEST_ESCAPE];
    private int escapeLength;

    QuotedPrintableStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    int decode(byte[] in, int length, boolean last, byte[] out) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            byte octet = in[i];
            if (escapeLength > 0) {
                written = escaped(octet, out, written);
            } else if (octet == '=') {
                escape[escapeLength++] = octet;
            } else {
                out[written++] = octet;
            }
        }
        if (last && !(escapeLength == 1 || escapeLength > 1 && isBlank(escape[1]))) {
            written = giveBack(out, written);
        }
        return written;
    }

    private int escaped(byte octet, byte[] out, int at) {
        if (octet == '\n') {
            boolean soft = escapeLength == 1 || isBlank(escape[1]);
            int written = soft ? at : giveBack(out, at);
            escapeLength = 0;
            if (!soft) {
                out[written++] = octet;
            }
            return written;
        }
        boolean secondDigit = escapeLength == 2 && hexDigit(escape[1]) >= 0;
        if (secondDigit && hexDigit(octet) >= 0) {
            out[at] = (byte) (hexDigit(escape[1]) << 4 | hexDigit(octet));
            escapeLength = 0;
            return at + 1;
        }
        boolean mayGoOn = escapeLength == 1 ? hexDigit(octet) >= 0 || isBlank(octet) : !secondDigit && isBlank(octet);
        if (mayGoOn && escapeLength < LONGEST_ESCAPE) {
            escape[escapeLength++] = octet;
            return at;
        }
        int written = giveBack(out, at);
        if (octet == '=') {
            escape[escapeLength++] = octet;
        } else {
            out[written++] = octet;
        }
        return written;
    }

    private int giveBack(byte[] out, int at) {
        System.arraycopy(escape, 0, out, at, escapeLength);
        int written = at + escapeLength;
        escapeLength = 0;
        return written;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }
}
