/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.RateLimiter;

/** Reads files of indexes from end to end and compares them with the checksums at their ends. Thread-safe. */
final class Checksums {
    private static final int PIECE = 1 << 16;

    private final AtomicLong octets = new AtomicLong();

    /** Asked between pieces of a file. */
    interface Interest {
        /** Whether somebody still wants to know. */
        boolean lasts();
    }

    /** Compares a file as quickly as it can be read. */
    void check(Directory directory, String file) throws IOException {
        check(directory, file, new RateLimiter.SimpleRateLimiter(Double.MAX_VALUE), () -> true);
    }

    /**
     * Compares a file at the pace of {@code limiter}, until {@code interest} ends.
     *
     * @throws CorruptIndexException where its content is not what was written
     * @throws IOException where it cannot be read
     */
    void check(Directory directory, String file, RateLimiter limiter, Interest interest) throws IOException {
        try (ChecksumIndexInput input = directory.openChecksumInput(file, IOContext.READONCE)) {
            long end = input.length() - CodecUtil.footerLength();
            if (end < 0) {
                throw new CorruptIndexException("the file is too short to be whole", input);
            }
            byte[] piece = new byte[PIECE];
            while (input.getFilePointer() < end) {
                if (!interest.lasts()) {
                    return;
                }
                int length = (int) Math.min(PIECE, end - input.getFilePointer());
                input.readBytes(piece, 0, length);
                octets.addAndGet(length);
                limiter.pause(length);
            }
            CodecUtil.checkFooter(input);
        } catch (EOFException e) {
            throw new CorruptIndexException("the file ends too early", file, e);
        }
    }

    /** How much was read so far. */
    long octets() {
        return octets.get();
    }
}
