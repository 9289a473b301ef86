/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * HZ-GB-2312 (RFC 1843), which the JDK lacks: ASCII, and between <code>~{</code> and <code>~}</code> two octets for each
 * character of GB 2312. It can be decoded only.
 */
final class HzCharset extends Charset {
    static final String NAME = "HZ-GB-2312";

    private static final int FIRST = 0x21;
    private static final int LAST = 0x7E;
    private static final int ROW = LAST - FIRST + 1;

    HzCharset() {
        super(NAME, null);
    }

    @Override
    public boolean contains(Charset other) {
        return other.equals(this);
    }

    @Override
    public boolean canEncode() {
        return false;
    }

    @Override
    public CharsetEncoder newEncoder() {
        throw new UnsupportedOperationException(name() + " can be decoded only");
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new Decoder(this);
    }

    /** Made when the first text in HZ is read. */
    private static final class Characters {
        private static final char[] OF_PAIR = ofPair();

        private static char[] ofPair() {
            byte[] pairs = new byte[ROW * ROW * 2];
            for (int i = 0; i < ROW * ROW; i++) {
                pairs[2 * i] = (byte) (FIRST + i / ROW | 0x80);
                pairs[2 * i + 1] = (byte) (FIRST + i % ROW | 0x80);
            }
            // all of these are in the basic plane
            return new String(pairs, Charset.forName("GB18030")).toCharArray();
        }
    }

    private static final class Decoder extends CharsetDecoder {
        private boolean chinese;

        Decoder(Charset charset) {
            super(charset, 1, 1);
        }

        @Override
        protected void implReset() {
            chinese = false;
        }

        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
            while (in.hasRemaining()) {
                if (!out.hasRemaining()) {
                    return CoderResult.OVERFLOW;
                }
                int at = in.position();
                int first = in.get();
                if (first == '\n') {
                    // an escape that is not closed ends with its line
                    chinese = false;
                    out.put('\n');
                } else if (first < 0) {
                    in.position(at);
                    return CoderResult.malformedForLength(1);
                } else if (first != '~' && !(chinese && first >= FIRST)) {
                    out.put((char) first);
                } else if (!in.hasRemaining()) {
                    in.position(at);
                    return CoderResult.UNDERFLOW;
                } else if (first == '~' && escape(in.get(in.position()), out)) {
                    in.get();
                } else if (!chinese) {
                    out.put('~');
                } else if (!isTrail(in.get(in.position()))) {
                    in.position(at);
                    return CoderResult.malformedForLength(1);
                } else {
                    out.put(Characters.OF_PAIR[(first - FIRST) * ROW + in.get() - FIRST]);
                }
            }
            return CoderResult.UNDERFLOW;
        }

        /** Takes the octet behind a tilde; false where the two are no escape. */
        private boolean escape(byte second, CharBuffer out) {
            switch (second) {
                case '{' -> chinese = true;
                case '}' -> chinese = false;
                case '~' -> out.put('~');
                case '\n' -> chinese = false;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static boolean isTrail(byte octet) {
            return octet >= FIRST && octet <= LAST;
        }
    }
}
