/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads an mbox file message by message: separator lines left out, {@code >From } unquoted. */
public final class MboxReader implements Iterator<RawMessage> {

    private static final byte[] SEPARATOR = {'F', 'r', 'o', 'm', ' '};

    private final String name;
    private final InputStream mbox;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] current;
    private int count;

    private MboxReader(String name, InputStream mbox) {
        this.name = name;
        this.mbox = mbox;
        nextLine();
    }

    /** The messages of {@code mbox}, named {@code name#1} and so on. Best given a buffered stream. */
    public static Stream<RawMessage> read(String name, InputStream mbox) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new MboxReader(name, mbox), Spliterator.ORDERED), false);
    }

    @Override
    public boolean hasNext() {
        return current.length > 0;
    }

    @Override
    public RawMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean separator = startsWith(0);
        if (separator) {
            nextLine();
        }
        boolean afterBlank = false;
        while (hasNext() && !(afterBlank && startsWith(0))) {
            int quotes = 0;
            while (current[quotes] == '>') {
                quotes++;
            }
            int unquoted = quotes > 0 && startsWith(quotes) ? 1 : 0;
            message.write(current, unquoted, current.length - unquoted);
            afterBlank = current[0] == '\n' || current[0] == '\r';
            nextLine();
        }
        return new RawMessage(name + "#" + ++count, message.toByteArray());
    }

    private boolean startsWith(int at) {
        for (int i = 0; i < SEPARATOR.length; i++) {
            if (at + i >= current.length || current[at + i] != SEPARATOR[i]) {
                return false;
            }
        }
        return true;
    }

    private void nextLine() {
        line.reset();
        try {
            int octet = mbox.read();
            while (octet >= 0) {
                line.write(octet);
                if (octet == '\n') {
                    break;
                }
                octet = mbox.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = line.toByteArray();
    }
}
