/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates directories and files that only the server's user may read, since they describe users' mail. On file systems
 * without POSIX permissions, files are as the system makes them.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int DEPTH = 2;
    private static final Logger LOGGER = LoggerFactory.getLogger(PrivateFiles.class);

    private PrivateFiles() {}

    /** Makes the directory where it is missing, and sees to the permissions of it and of what lies in it. */
    public static void prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> all = Files.walk(directory, DEPTH)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                correct(path);
            }
        }
    }

    /** A file of somebody else's, or one that goes away meanwhile, keeps nobody from using the directory. */
    private static void correct(Path path) {
        try {
            protect(path);
        } catch (NoSuchFileException e) {
            LOGGER.debug("{} is gone", path);
        } catch (IOException e) {
            LOGGER.warn("Others may read {}, for its permissions cannot be set: {}", path, e.toString());
        }
    }

    /** Makes an empty file. */
    public static void create(Path file) throws IOException {
        if (isPosix(Objects.requireNonNull(file.toAbsolutePath().getParent()))) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } else {
            Files.createFile(file);
        }
    }

    /** Sees to the permissions of a file or directory that was just made. */
    public static void protect(Path path) throws IOException {
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? DIRECTORY : FILE;
        if (isPosix(path) && !Files.getPosixFilePermissions(path).equals(wanted)) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
