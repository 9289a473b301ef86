/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;

/**
 * Makes fields of the lines of a header. The bodies of its fields are unfolded and read as undeclared text (UTF-8
 * where that prevails, else windows-1252); their encoded words are not decoded. A line that is no field (no colon, blanks in its name) becomes a
 * field without a name, so that its text is not lost.
 */
final class LenientFieldBuilder implements FieldBuilder {

    private final int limit;
    private final ByteArrayBuffer lines = new ByteArrayBuffer(512);
    private int headerOctets;
    private boolean limitReached;

    /** @param limit how many octets of one header are read */
    LenientFieldBuilder(int limit) {
        this.limit = limit;
    }

    /** Another header begins. */
    void startHeader() {
        headerOctets = 0;
        limitReached = false;
    }

    /** Whether the header that was begun last is longer than the limit. */
    boolean limitReached() {
        return limitReached;
    }

    @Override
    public void reset() {
        lines.clear();
    }

    @Override
    public void append(ByteArrayBuffer line) {
        int length = Math.min(line.length(), limit - headerOctets);
        limitReached |= length < line.length();
        headerOctets += length;
        lines.append(line.buffer(), 0, length);
    }

    @Override
    public RawField build() {
        byte[] octets = lines.buffer();
        int length = lines.length();
        int colon = 0;
        while (colon < length && octets[colon] != ':') {
            colon++;
        }
        String name = colon < length ? HeaderDecoder.unfold(octets, 0, colon) : "";
        if (name.isEmpty() || hasBlanks(name)) {
            String line = HeaderDecoder.unfold(octets, 0, length);
            return line.isEmpty() ? null : new RawField("", line);
        }
        return new RawField(name, HeaderDecoder.unfold(octets, colon + 1, length - colon - 1));
    }

    private static boolean hasBlanks(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) == 0x7F) {
                return true;
            }
        }
        return false;
    }

    @Override
    public RecycledByteArrayBuffer getRaw() {
        return null;
    }

    @Override
    public void release() {
        lines.clear();
    }
}
