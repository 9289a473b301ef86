/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;

/** Distinguishes an index that must be rebuilt from one that only cannot be written or opened now. */
public final class IndexDamage {
    private IndexDamage() {}

    /**
     * Whether {@code failure} of an index comes from its files: what is in them, or that they are gone. Other failures come
     * from where they are (no space, no rights), which end without the index being rebuilt, or from a mistake in this
     * program, which a rebuilt index would meet again.
     */
    public static boolean isDamage(Throwable failure) {
        return !isOfPlace(failure)
                && !isClosed(failure)
                // a memory map whose file became shorter fails with an InternalError
                && isCausedBy(failure, cause -> cause instanceof IOException || cause instanceof InternalError);
    }

    /** Whether {@code failure} comes from where the files are: no space, no rights, used by another process. */
    static boolean isOfPlace(Throwable failure) {
        return isCausedBy(
                failure,
                cause -> cause instanceof LockObtainFailedException
                        || cause instanceof FileSystemException && !(cause instanceof NoSuchFileException)
                        || lacksResources(cause));
    }

    private static boolean isCausedBy(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind);
    }

    /** Whether another thread closed the index, or a failure of its own did: the next lease opens it again. */
    public static boolean isClosed(Throwable failure) {
        return failure instanceof AlreadyClosedException;
    }

    /** The JDK says it in the message only. */
    private static boolean lacksResources(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left")
                || message.contains("Disk quota exceeded")
                || message.contains("Too many open files")
                || message.contains("Read-only file system");
    }
}
