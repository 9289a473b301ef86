/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedUpdatesTest {
    private static final String UPDATE = "_0_1_Lucene90_0.dvd";

    @TempDir
    Path path;

    @Test
    void aSmallFileOfDocValuesKeepsWhatItHadWhenItWasOpened() throws IOException {
        assertThat(readAfterDamage(UPDATE, 8_192)).isEqualTo(octets(8_192));
        assertThat(LoadedUpdates.isLoaded(UPDATE, 8_192)).isTrue();
    }

    @Test
    void largeFilesAndOthersAreReadFromTheDisk() throws IOException {
        assertThat(readAfterDamage(UPDATE, 8_193)).isEqualTo(new byte[8_193]);
        assertThat(LoadedUpdates.isLoaded(UPDATE, 8_193)).isFalse();
        assertThat(readAfterDamage("_0.cfs", 100)).isEqualTo(new byte[100]);
        assertThat(LoadedUpdates.isLoaded("_0.cfs", 100)).isFalse();
    }

    private byte[] readAfterDamage(String name, int length) throws IOException {
        try (Directory directory = new LoadedUpdates(FSDirectory.open(path))) {
            try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
                out.writeBytes(octets(length), length);
            }
            try (IndexInput open = directory.openInput(name, IOContext.DEFAULT)) {
                Files.write(path.resolve(name), new byte[length], StandardOpenOption.WRITE);
                byte[] read = new byte[length];
                open.readBytes(read, 0, length);
                return read;
            }
        }
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 7);
        return octets;
    }
}
