/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A message as the parser reads it. Remembers that its stream failed, to tell a message that cannot be had from one that
 * is malformed. Fills every buffer while there is something to read, so that what the parser makes of a message never
 * depends on the pieces in which it comes. Closing leaves the stream open, which belongs to the caller.
 */
final class WatchedStream extends FilterInputStream {

    private Optional<IOException> failure = Optional.empty();

    WatchedStream(InputStream in) {
        super(in);
    }

    /** Throws what the stream threw, if it did. */
    void rethrowFailure() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int filled = 0;
            while (filled < length) {
                int read = in.read(target, offset + filled, length - filled);
                if (read < 0) {
                    return filled == 0 ? -1 : filled;
                }
                filled += read;
            }
            return filled;
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void close() {
        // not ours to close
    }
}
