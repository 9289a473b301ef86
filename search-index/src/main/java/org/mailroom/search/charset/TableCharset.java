/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** A charset of one octet a character, given by a table. It can be decoded only. */
final class TableCharset extends Charset {
    private static final int OCTETS = 256;
    private static final int SEVEN_BITS = 128;
    private static final String SEVEN_BIT_MARK = "7bit";
    private static final char UNDEFINED = '\uFFFD';

    private final char[] characters;
    private final boolean sevenBit;

    private TableCharset(String name, char[] characters, boolean sevenBit) {
        super(name, null);
        this.characters = characters;
        this.sevenBit = sevenBit;
    }

    /** The charset that a line of {@code tables.txt} describes. */
    static TableCharset parse(String line) {
        String[] items = line.split(" ");
        boolean sevenBit = items.length > 1 && items[1].equals(SEVEN_BIT_MARK);
        char[] characters = new char[OCTETS];
        for (int octet = 0; octet < OCTETS; octet++) {
            characters[octet] = sevenBit && octet >= SEVEN_BITS ? UNDEFINED : (char) octet;
        }
        for (int i = sevenBit ? 2 : 1; i < items.length; i++) {
            addRun(items[i], characters);
        }
        return new TableCharset(items[0].replaceAll("[()]", ""), characters, sevenBit);
    }

    private static void addRun(String run, char[] characters) {
        int octet = Integer.parseInt(run, 0, 2, 16);
        for (int at = 3; at < run.length(); octet++) {
            boolean escape = run.charAt(at) == '\\';
            characters[octet] = escape ? (char) Integer.parseInt(run, at + 1, at + 5, 16) : run.charAt(at);
            at += escape ? 5 : 1;
        }
    }

    /** Whether octets from 80 (hexadecimal) on mean nothing in it. */
    boolean isSevenBit() {
        return sevenBit;
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
        return new CharsetDecoder(this, 1, 1) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                while (in.hasRemaining()) {
                    if (!out.hasRemaining()) {
                        return CoderResult.OVERFLOW;
                    }
                    out.put(characters[in.get() & 0xFF]);
                }
                return CoderResult.UNDERFLOW;
            }
        };
    }
}
