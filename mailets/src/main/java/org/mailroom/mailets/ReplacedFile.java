/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces files as a whole. */
final class ReplacedFile {

    private ReplacedFile() {}

    /**
     * Writes {@code octets} beside the file and puts them in its place in one step, on disk before this returns. The new
     * file has the permissions of the old one. A symbolic link stays one.
     *
     * @throws IOException where that cannot be done: the file is as it was
     */
    static void write(Path file, byte[] octets) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path written = real.resolveSibling(real.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        if (Files.exists(real) && isPosix(real)) {
            Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(real));
        }
        Files.move(written, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (isPosix(real)) {
            // the new name, too
            try (FileChannel directory = FileChannel.open(real.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
