/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.store.RateLimiter;

/**
 * Guards the files of an open index. Lucene trusts files once they are open, and sees at once, through its memory map,
 * what somebody else writes into them. So after each read of the index this class compares the stamps of its files with
 * those they had when Lucene had written them: files whose stamps are unchanged have been read right. It does not look at
 * files that {@link LoadedUpdates} has in memory. Thread-safe.
 */
final class IndexFiles {
    /**
     * The kinds of files that Lucene only reads when it opens a segment: what is written to them later makes no search wrong,
     * and the next opening finds it.
     */
    private static final Set<String> READ_AT_OPENING =
            Set.of("si", "cfe", "fnm", "liv", "dvm", "tmd", "fdm", "nvm", "kdm");

    private static final long EXPLAIN_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Path path;
    private final NRTCachingDirectory directory;
    private final Checksums checksums;
    private final Map<String, Stamped> stamps = new ConcurrentHashMap<>();
    /** The files of readers that are in use; a reader's files stay on disk until it is closed. */
    private final Map<DirectoryReader, List<String>> ofReaders = Collections.synchronizedMap(new WeakHashMap<>());

    /** A file that Lucene wrote. */
    private record Stamped(Path path, FileStamp stamp) {}

    private final AtomicLong explained = new AtomicLong(System.nanoTime() - EXPLAIN_EVERY);

    /**
     * @param path where the files are
     * @param directory what reads and writes them
     */
    IndexFiles(Path path, NRTCachingDirectory directory, Checksums checksums) {
        this.path = path;
        this.directory = directory;
        this.checksums = checksums;
    }

    /**
     * Takes the stamps of the files of {@code reader} that were not on disk before. To be called as soon as there is a
     * reader or a commit, so that nobody else has written to them yet.
     */
    void note(DirectoryReader reader) throws IOException {
        Set<String> inMemory = Set.of(directory.listCachedFiles());
        List<String> files = files(reader);
        for (String file : files) {
            if (isReadLater(file) && !stamps.containsKey(file) && !inMemory.contains(file)) {
                // where Lucene moves the file to the disk right now, it is the next note's
                Path onDisk = path.resolve(file);
                FileStamp.of(onDisk)
                        .filter(stamp -> !LoadedUpdates.isLoaded(file, stamp.length()))
                        .ifPresent(stamp -> stamps.putIfAbsent(file, new Stamped(onDisk, stamp)));
            }
        }
        forgetAllBut(files);
    }

    private static boolean isReadLater(String file) {
        String kind = IndexFileNames.getExtension(file);
        return kind != null && !READ_AT_OPENING.contains(kind);
    }

    private void forgetAllBut(List<String> files) {
        Set<String> needed = new HashSet<>(files);
        synchronized (ofReaders) {
            ofReaders.values().forEach(needed::addAll);
        }
        stamps.keySet().retainAll(needed);
    }

    /** Those that the writer keeps until the reader is closed. */
    private List<String> files(DirectoryReader reader) throws IOException {
        List<String> known = ofReaders.get(reader);
        if (known == null) {
            known = List.copyOf(
                    ((StandardDirectoryReader) reader).getSegmentInfos().files(false));
            ofReaders.put(reader, known);
        }
        return known;
    }

    /**
     * Looks whether all files that searches with {@code reader} read, which the caller holds, are as Lucene wrote them, without
     * reading them. One that was touched is read.
     *
     * @throws CorruptIndexException where one is missing or another
     */
    void check(DirectoryReader reader) throws IOException {
        for (String file : files(reader)) {
            Stamped before = stamps.get(file);
            if (before != null) {
                check(file, before);
            }
        }
    }

    private void check(String file, Stamped before) throws IOException {
        Optional<FileStamp> now = FileStamp.of(before.path());
        if (now.isEmpty()) {
            throw new CorruptIndexException(
                    "the file was deleted by somebody else", before.path().toString());
        }
        if (!now.get().equals(before.stamp())) {
            if (now.get().length() != before.stamp().length()) {
                throw new CorruptIndexException(
                        "the file had " + before.stamp().length() + " octets and has "
                                + now.get().length(),
                        before.path().toString());
            }
            checksums.check(directory, file);
            stamps.replace(file, before, new Stamped(before.path(), now.get()));
        }
    }

    /**
     * Reads all files of {@code reader}, which the caller holds, at the pace of {@code limiter}, until {@code interest} ends.
     *
     * @throws CorruptIndexException where one is not as Lucene wrote it
     */
    void read(DirectoryReader reader, RateLimiter limiter, Checksums.Interest interest) throws IOException {
        for (String file : files(reader)) {
            if (interest.lasts()) {
                checksums.check(directory, file, limiter, interest);
            }
        }
    }

    /**
     * Looks whether damage explains that reading the index failed. What Lucene makes of damaged bytes may be any failure, so
     * all files are read, at most once in a while as the failure may have another cause.
     *
     * @throws CorruptIndexException where it does
     */
    void explain(DirectoryReader reader, Throwable failure) throws IOException {
        check(reader);
        boolean unexpected = failure instanceof RuntimeException && !(failure instanceof CancellationException)
                || failure instanceof Error;
        long now = System.nanoTime();
        long last = explained.get();
        if (unexpected && now - last > EXPLAIN_EVERY && explained.compareAndSet(last, now)) {
            read(reader, new RateLimiter.SimpleRateLimiter(Double.MAX_VALUE), () -> true);
        }
    }
}
