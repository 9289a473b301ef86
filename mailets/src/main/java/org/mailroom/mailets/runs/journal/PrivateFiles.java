/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Directories and files that only the server's user may read, for they tell of users' mail. On file systems without
 * POSIX permissions, files are as the system makes them.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int DEPTH = 2;

    private PrivateFiles() {}

    /** Makes the directory where it is missing, and sees to the permissions of it and of what lies in it. */
    public static void prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> all = Files.walk(directory, DEPTH)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                protect(path);
            }
        }
    }

    /** Makes an empty file. */
    static void create(Path file) throws IOException {
        if (isPosix(file.toAbsolutePath().getParent())) {
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
