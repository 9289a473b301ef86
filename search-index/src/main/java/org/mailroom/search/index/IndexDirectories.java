/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where indexes lie on disk, and how one is opened: whole and of this program's format, or empty. Thread-safe. */
final class IndexDirectories {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexDirectories.class);
    private static final int LONGEST_NAME = 120;
    /** For all indexes together: what a string is found in takes an octet for eight messages. */
    private static final long REMEMBERED_OCTETS = 16 << 20;

    private final Path root;
    private final IndexSettings settings;
    private final MessageDocuments documents;
    private final FindMemory memory = new FindMemory(REMEMBERED_OCTETS);

    IndexDirectories(Path root, IndexSettings settings) {
        this.root = root;
        this.settings = settings;
        this.documents = new MessageDocuments(settings);
    }

    /** The owner's directory: the name, escaped; a long one is cut and told apart by a checksum. */
    private Path path(String owner) {
        String name = URLEncoder.encode(owner, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace(".", "%2E");
        if (name.length() > LONGEST_NAME || name.isEmpty()) {
            CRC32 checksum = new CRC32();
            checksum.update(owner.getBytes(StandardCharsets.UTF_8));
            name = name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "."
                    + HexFormat.of().toHexDigits((int) checksum.getValue());
        }
        return root.resolve(name);
    }

    /**
     * Opens the owner's index.
     *
     * @throws IOException where the directory cannot be written
     */
    LuceneUserIndex open(String owner) throws IOException {
        Path path = path(owner);
        try {
            Files.createDirectories(path);
            try {
                if (!usable(owner, path)) {
                    delete(owner);
                    Files.createDirectories(path);
                }
                return write(path);
            } catch (LockObtainFailedException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                LOGGER.warn("Search index of {} cannot be opened ({}): it is made anew", owner, e.toString());
                delete(owner);
                Files.createDirectories(path);
                return write(path);
            }
        } catch (IOException e) {
            throw new IOException(
                    "the search index of " + owner + " in " + path + " can be neither opened nor made: " + e
                            + ". Check the directory's rights and the free space, and that no other process uses it.",
                    e);
        }
    }

    /** Whether there is an index of this program's format, without a damaged file; an empty directory will do too. */
    private boolean usable(String owner, Path path) throws IOException {
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return directory.listAll().length == 0;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                String format = CommitData.of(
                                reader.getIndexCommit().getUserData().entrySet())
                        .format();
                if (!IndexFormat.serves(format, settings)) {
                    LOGGER.info("Search index of {} is of another format: it is made anew", owner);
                    return false;
                }
                for (LeafReaderContext leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity();
                }
                return true;
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Search index of {} is damaged ({}): it is made anew", owner, e.toString());
            return false;
        }
    }

    private LuceneUserIndex write(Path path) throws IOException {
        Directory directory = new NRTCachingDirectory(FSDirectory.open(path), 4, 16);
        try {
            IndexWriter writer = new IndexWriter(directory, config());
            try {
                return new LuceneUserIndex(writer, settings, documents, memory);
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
        return new IndexWriterConfig(null)
                .setCodec(new IndexCodec())
                .setIndexSort(new Sort(
                        new SortField(Fields.MAILBOX, SortField.Type.STRING),
                        new SortField(Fields.UID, SortField.Type.LONG)))
                .setRAMBufferSizeMB(settings.ramBufferMegabytes())
                .setMergeScheduler(merges)
                .setMergePolicy(merging)
                .setCommitOnClose(false);
    }

    /** Deletes the owner's directory with all that is in it. */
    void delete(String owner) throws IOException {
        Path path = path(owner);
        if (Files.exists(path)) {
            IOUtils.rm(path);
        }
    }
}
