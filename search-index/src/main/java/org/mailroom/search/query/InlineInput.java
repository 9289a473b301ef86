/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads octets that are all there: a rule's condition, an administrator's query. Literals stand inline, nobody waits
 * for anything.
 */
public final class InlineInput implements ImapInput {
    private final byte[] octets;
    private int next;

    /** Over a copy of {@code octets}. */
    public InlineInput(byte[] octets) {
        this.octets = octets.clone();
    }

    /** Over {@code text} in UTF-8. */
    public InlineInput(String text) {
        this.octets = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int peek() {
        return next < octets.length ? octets[next] & 0xFF : END;
    }

    @Override
    public void consume() {
        next++;
    }

    @Override
    public byte[] literal(int count, boolean synchronizing) throws EOFException {
        if (count > octets.length - next) {
            throw new EOFException("the text ends within a literal of " + count + " octets");
        }
        next += count;
        return Arrays.copyOfRange(octets, next - count, next);
    }
}
