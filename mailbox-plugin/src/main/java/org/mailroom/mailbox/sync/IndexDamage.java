/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;

/** Tells an index that must be made anew from one that only cannot be written or opened now. */
final class IndexDamage {
    private IndexDamage() {}

    /** Whether {@code failure} of an index comes from what is in its files, rather than from where they are. */
    static boolean isDamage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockObtainFailedException
                    || cause instanceof AccessDeniedException
                    || cause instanceof FileSystemException && !(cause instanceof NoSuchFileException)
                    || isFull(cause)) {
                return false;
            }
        }
        return !isClosed(failure);
    }

    /** Whether another thread closed the index, or a failure of its own did: the next lease opens it anew. */
    static boolean isClosed(Throwable failure) {
        return failure instanceof AlreadyClosedException;
    }

    /** The JDK says it in the message only. */
    private static boolean isFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left")
                || message.contains("Disk quota exceeded")
                || message.contains("Too many open files")
                || message.contains("Read-only file system");
    }
}
