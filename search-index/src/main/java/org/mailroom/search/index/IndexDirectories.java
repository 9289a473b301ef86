/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows where indexes lie on disk, and opens one: whole and of this program's format, or empty. Thread-safe. */
final class IndexDirectories {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexDirectories.class);
    /** For all indexes together: what a string is found in takes an octet for eight messages. */
    private static final long REMEMBERED_OCTETS = 16 << 20;

    private final Path root;
    private final IndexSettings settings;
    private final UnaryOperator<Directory> disk;
    private final IndexEvents events;
    private final Checksums checksums = new Checksums();
    private final MessageDocuments documents;
    private final IndexCounts counts = new IndexCounts();
    private final SegmentMatchCache memory = new SegmentMatchCache(REMEMBERED_OCTETS, counts);

    IndexDirectories(Path root, IndexSettings settings, IndexEvents events) {
        this(root, settings, events, UnaryOperator.identity());
    }

    /** @param disk stands between Lucene and the file system, for tests of disks that fail */
    IndexDirectories(Path root, IndexSettings settings, IndexEvents events, UnaryOperator<Directory> disk) {
        this.root = root;
        this.disk = disk;
        this.events = events;
        this.settings = settings;
        this.documents = new MessageDocuments(settings);
    }

    private Path path(String owner) {
        return root.resolve(DirectoryName.of(owner));
    }

    /** All that lie on disk, by their names. */
    List<StoredIndex> stored() throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        List<StoredIndex> stored = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path directory : directories) {
                String name = directory.getFileName().toString();
                stored.add(new StoredIndex(
                        name,
                        DirectoryName.owner(name),
                        IndexInspection.octets(directory),
                        Files.getLastModifiedTime(directory).toInstant()));
            }
        }
        stored.sort(Comparator.comparing(StoredIndex::directory));
        return stored;
    }

    boolean exists(String owner) {
        return Files.isDirectory(path(owner));
    }

    /** Deletes a directory whose owner nobody knows. */
    void deleteStored(String directory) throws IOException {
        Path path = root.resolve(directory);
        if (!root.equals(path.getParent())) {
            throw new IllegalArgumentException(directory + " is no name of a directory of an index");
        }
        if (Files.exists(path)) {
            IOUtils.rm(path);
        }
    }

    IndexCounts counts() {
        return counts;
    }

    /**
     * Opens the owner's index.
     *
     * @throws IOException where the directory cannot be written or read now; a damaged index is replaced
     */
    LuceneUserIndex open(String owner) throws IOException {
        Path path = path(owner);
        try {
            try {
                Optional<Instant> checked = usable(owner, path);
                if (checked.isPresent()) {
                    return write(path, checked.get());
                }
            } catch (IOException | RuntimeException e) {
                if (!isRebuildable(e)) {
                    throw e;
                }
                events.rebuilding(owner, e);
            }
            delete(owner);
            return write(path, Instant.now());
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "the search index of " + owner + " in " + path + " can be neither opened nor made: " + e
                            + ". Check the directory's rights and the free space, and that no other process uses it.",
                    e);
        }
    }

    /** Lucene meets damage in many ways while it opens an index, but not without memory. */
    private static boolean isRebuildable(Exception e) {
        return IndexDamage.isDamage(e)
                || e instanceof RuntimeException && !IndexDamage.isClosed(e) && !IndexDamage.isOfPlace(e);
    }

    /**
     * Whether there is an index of this program's format, without a damaged file as far as is known without reading
     * it; an empty directory will do too. Files that are not as the last commit left them are read.
     *
     * @return when the files were last read
     */
    private Optional<Instant> usable(String owner, Path path) throws IOException {
        try (Directory directory = PrivateDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return directory.listAll().length == 0 ? Optional.of(Instant.now()) : Optional.empty();
            }
            SegmentInfos commit = SegmentInfos.readLatestCommit(directory);
            String format = CommitData.of(commit.getUserData().entrySet()).format();
            if (!IndexFormat.serves(format, settings)) {
                LOGGER.info("Search index of {} is of another format: it is rebuilt from the mail", owner);
                return Optional.empty();
            }
            Collection<String> files = commit.files(true);
            Optional<Manifest> manifest = Manifest.read(path);
            if (manifest.isPresent() && manifest.get().describes(path, files)) {
                return Optional.of(manifest.get().checked());
            }
            LOGGER.info(
                    "Search index of {}: its files may have changed since they were written, and are checked", owner);
            for (String file : files) {
                checksums.check(directory, file);
            }
            return Optional.of(Instant.now());
        }
    }

    private LuceneUserIndex write(Path path, Instant checked) throws IOException {
        NRTCachingDirectory directory =
                new NRTCachingDirectory(new LoadedUpdates(disk.apply(PrivateDirectory.open(path))), 4, 16);
        try {
            IndexWriter writer = new IndexWriter(directory, config());
            try {
                IndexFiles files = new IndexFiles(path, directory, checksums);
                return new LuceneUserIndex(writer, settings, documents, memory, counts, path, files, checked);
            } catch (IOException | RuntimeException e) {
                IOUtils.closeWhileHandlingException(writer::rollback);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    private IndexWriterConfig config() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(4, 1);
        merges.disableAutoIOThrottle();
        // each segment has a dictionary and a lexicon of its own: ten alike take a fourth more than one
        TieredMergePolicy merging = new TieredMergePolicy();
        merging.setSegmentsPerTier(5);
        // who asks for words of expunged messages to leave the disk means all of them
        merging.setForceMergeDeletesPctAllowed(0);
        return new IndexWriterConfig(null)
                .setCodec(new IndexCodec())
                .setIndexSort(new Sort(
                        new SortField(Fields.MAILBOX, SortField.Type.STRING),
                        new SortField(Fields.UID, SortField.Type.LONG)))
                .setRAMBufferSizeMB(settings.ramBufferMegabytes())
                .setMergeScheduler(merges)
                .setMergePolicy(merging)
                // a search that needs the latest changes does not wait for segments to be merged: that goes on beside
                // it
                .setMaxFullFlushMergeWaitMillis(0)
                .setCommitOnClose(false);
    }

    /** Deletes the owner's directory with all that is in it. */
    void delete(String owner) throws IOException {
        Path path = path(owner);
        if (Files.exists(path)) {
            IOUtils.rm(path);
        }
    }

    /** Reads files of all indexes. */
    Checksums checksums() {
        return checksums;
    }
}
