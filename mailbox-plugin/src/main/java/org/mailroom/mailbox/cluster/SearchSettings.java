/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;

/**
 * {@code conf/search-index.xml}, as it was when James started. Threads and places may differ from host to host; what is
 * found should not. Thread-safe.
 */
public final class SearchSettings implements ClusterSetting {
    private static final String FILE = "search-index.xml";

    private final String digest;

    /** Called by James. */
    @Inject
    public SearchSettings(FileSystem files) {
        this.digest = digest(files);
    }

    private static String digest(FileSystem files) {
        try {
            Path file = files.getFile(FileSystem.FILE_PROTOCOL_AND_CONF + FILE).toPath();
            return Files.exists(file) ? digest(Files.readString(file, StandardCharsets.UTF_8)) : "none";
        } catch (IOException e) {
            // conf/ is no directory here
            return "unknown";
        }
    }

    /** A checksum of a text, which tells versions of one file apart. */
    public static String digest(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    @Override
    public String name() {
        return FILE;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public boolean hasToBeEqual() {
        return false;
    }
}
