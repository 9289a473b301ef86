/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/**
 * Loads the small files of doc values into memory when Lucene opens them. A segment gets up to three of them with each change
 * of flags; most have less than a hundred octets. What is loaded cannot be damaged later, so {@link IndexFiles} need not
 * look at it after each search. As thread-safe as what it wraps.
 */
final class LoadedUpdates extends FilterDirectory {
    /** In octets; an index has at most three such files for each segment. */
    private static final long MAX_LENGTH = 8_192;

    LoadedUpdates(Directory disk) {
        super(disk);
    }

    /** Whether {@link #openInput} loads a file of this name and length. */
    static boolean isLoaded(String file, long length) {
        return length <= MAX_LENGTH && "dvd".equals(IndexFileNames.getExtension(file));
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        IndexInput file = super.openInput(name, context);
        if (!isLoaded(name, file.length())) {
            return file;
        }
        try (file) {
            byte[] octets = new byte[(int) file.length()];
            file.readBytes(octets, 0, octets.length);
            return new ByteBuffersIndexInput(new ByteBuffersDataInput(List.of(ByteBuffer.wrap(octets))), name);
        }
    }
}
