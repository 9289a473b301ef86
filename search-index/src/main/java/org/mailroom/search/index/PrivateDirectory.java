/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of the file system that, with all its files, only the user of this process may read and write, where the
 * file system knows of such rights: an index has every word of its owner's mail.
 */
final class PrivateDirectory extends FilterDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final Set<PosixFilePermission> OF_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OF_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    private PrivateDirectory(Path path) throws IOException {
        super(FSDirectory.open(path));
        this.path = path;
    }

    /** Makes the directory, and those above it, where they are not there; takes others' rights to it and its files away. */
    static PrivateDirectory open(Path path) throws IOException {
        if (knowsRights(path)) {
            FileAttribute<?> rights = PosixFilePermissions.asFileAttribute(OF_DIRECTORY);
            Files.createDirectories(path, rights);
            restrict(path, OF_DIRECTORY);
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    restrict(file, OF_FILE);
                }
            }
        } else {
            Files.createDirectories(path);
        }
        return new PrivateDirectory(path);
    }

    private static boolean knowsRights(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A file system that takes no rights is no reason not to search. */
    private static void restrict(Path file, Set<PosixFilePermission> rights) {
        try {
            if (!Files.getPosixFilePermissions(file).equals(rights)) {
                Files.setPosixFilePermissions(file, rights);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.info("Other users may read {} ({}): set its permissions yourself", file, e.toString());
        }
    }

    /** Takes others' rights to files of the directory away. */
    static void restrictFile(Path file) {
        if (knowsRights(file)) {
            restrict(file, OF_FILE);
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return restricted(in.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        return restricted(in.createTempOutput(prefix, suffix, context));
    }

    private IndexOutput restricted(IndexOutput output) {
        restrictFile(path.resolve(output.getName()));
        return output;
    }

    @Override
    public Lock obtainLock(String name) throws IOException {
        Lock lock = in.obtainLock(name);
        restrictFile(path.resolve(name));
        return lock;
    }
}
