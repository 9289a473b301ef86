/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.RateLimiter;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.IOUtils;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.text.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a user's index in a Lucene directory. */
final class LuceneUserIndex implements UserIndex, Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LuceneUserIndex.class);
    private static final SystemFlag[] SYSTEM_FLAGS = SystemFlag.values();

    private final IndexWriter writer;
    private final MessageDocuments documents;
    private final SegmentMatchCache memory;
    private final UnrefreshedChanges latest = new UnrefreshedChanges();
    private final CurrentReader current;
    private final PendingFlagChanges flagChanges;
    private final IndexSettings settings;
    private final IndexCounts counts;
    private final Map<String, Watermark> watermarks = new ConcurrentHashMap<>();
    private final boolean closedCleanly;
    private final Path path;
    private volatile Instant checked;
    private volatile boolean watermarksChanged;

    /**
     * @param writer open on an index of this program's format; closed with this index
     * @param documents made with the same settings
     * @param memory shared by all indexes
     * @param counts shared by all indexes
     * @param path where the index is
     * @param files those of the index
     * @param checked when they were last read from end to end
     */
    LuceneUserIndex(
            IndexWriter writer,
            IndexSettings settings,
            MessageDocuments documents,
            SegmentMatchCache memory,
            IndexCounts counts,
            Path path,
            IndexFiles files,
            Instant checked)
            throws IOException {
        this.writer = writer;
        this.documents = documents;
        this.memory = memory;
        this.counts = counts;
        this.settings = settings;
        CommitData data = CommitData.of(writer.getLiveCommitData());
        watermarks.putAll(data.watermarks());
        closedCleanly = data.clean();
        this.path = path;
        // after a crash they are read as soon as there is time for it
        this.checked = closedCleanly ? checked : Instant.EPOCH;
        if (!closedCleanly) {
            watermarks.replaceAll((mailbox, watermark) -> distrusted(watermark));
        }
        current = new CurrentReader(writer, latest, files, counts);
        flagChanges = new PendingFlagChanges(writer, current::need);
    }

    /**
     * After a crash the store may have changes of flags of which no event came. A watermark below every store's has
     * each mailbox compared, also where that comes only after this index was closed cleanly.
     */
    private static Watermark distrusted(Watermark watermark) {
        return new Watermark(watermark.uidValidity(), watermark.lastUid(), 0);
    }

    @Override
    public Optional<Watermark> watermark(String mailbox) {
        return Optional.ofNullable(watermarks.get(mailbox));
    }

    @Override
    public void setWatermark(String mailbox, Watermark watermark) {
        if (!watermark.equals(watermarks.put(mailbox, watermark))) {
            watermarksChanged = true;
        }
    }

    @Override
    public boolean closedCleanly() {
        return closedCleanly;
    }

    @Override
    public void add(String mailbox, MessageMetadata metadata, MessageText text) throws IOException {
        flagChanges.writeOf(mailbox, metadata.uid());
        long change = writer.updateDocument(
                new MessageKey(mailbox, metadata.uid()).term(), documents.of(mailbox, metadata, text));
        counts.added.increment();
        if (!latest.added(change, mailbox, metadata, text)) {
            current.need(change);
        }
    }

    @Override
    public void updateFlags(String mailbox, List<FlagsUpdate> updates) throws IOException {
        flagChanges.add(mailbox, updates);
        latest.updateFlags(mailbox, updates);
    }

    @Override
    public void remove(String mailbox, long... uids) throws IOException {
        Term[] keys = new Term[uids.length];
        for (int i = 0; i < uids.length; i++) {
            keys[i] = new MessageKey(mailbox, uids[i]).term();
        }
        long change = writer.deleteDocuments(keys);
        if (!latest.removed(change, mailbox, uids)) {
            current.need(change);
        }
    }

    @Override
    public void removeMailbox(String mailbox) throws IOException {
        watermarks.remove(mailbox);
        watermarksChanged = true;
        current.need(writer.deleteDocuments(new Term(Fields.MAILBOX, mailbox)));
    }

    @Override
    public int count(String mailbox) throws IOException {
        return current.read(reader -> {
            int count = 0;
            for (LeafReaderContext leaf : reader.leaves()) {
                count += MailboxDocuments.of(leaf.reader(), mailbox).cardinality();
            }
            return count;
        });
    }

    @Override
    public List<Entry> list(String mailbox) throws IOException {
        flagChanges.write();
        return current.read(reader -> {
            List<Entry> entries = new ArrayList<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                list(leaf.reader(), MailboxDocuments.of(leaf.reader(), mailbox), entries);
            }
            entries.sort(Comparator.comparingLong(Entry::uid));
            return entries;
        });
    }

    private static void list(LeafReader leaf, FixedBitSet documents, List<Entry> entries) throws IOException {
        NumericDocValues uids = DocValues.getNumeric(leaf, Fields.UID);
        NumericDocValues modSeqs = DocValues.getNumeric(leaf, Fields.MODSEQ);
        NumericDocValues dates = DocValues.getNumeric(leaf, Fields.INTERNAL_DATE);
        NumericDocValues sizes = DocValues.getNumeric(leaf, Fields.SIZE);
        NumericDocValues flags = DocValues.getNumeric(leaf, Fields.FLAGS);
        BinaryDocValues keywords = DocValues.getBinary(leaf, Fields.KEYWORDS);
        for (int doc = LeafValues.after(documents, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = LeafValues.after(documents, doc)) {
            Set<String> words = keywords.advanceExact(doc) ? KeywordList.keywords(keywords.binaryValue()) : Set.of();
            entries.add(new Entry(
                    value(uids, doc),
                    value(modSeqs, doc),
                    Instant.ofEpochMilli(value(dates, doc)),
                    value(sizes, doc),
                    new Flags(systemFlags(value(flags, doc)), words)));
        }
    }

    private static long value(NumericDocValues values, int doc) throws IOException {
        return values.advanceExact(doc) ? values.longValue() : 0;
    }

    private static Set<SystemFlag> systemFlags(long bits) {
        Set<SystemFlag> flags = EnumSet.noneOf(SystemFlag.class);
        for (SystemFlag flag : SYSTEM_FLAGS) {
            if ((bits & MessageDocuments.bit(flag)) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    @Override
    public Hits search(String mailbox, SearchKey asked, Instant now, MessageReader reader, SearchControl control)
            throws IOException {
        SearchKey key = SearchKeyTree.distinct(asked);
        PendingFlagChanges.OfMailbox changes = flagChanges.of(mailbox);
        boolean fuzzy = FuzzyKeys.in(key);
        control.uncounted(() -> current.prepare(fuzzy));
        if (fuzzy) {
            // relevance is only known of what the reader has
            return current.read(index -> new IndexSearch(index, changes, key, now, settings, memory, control)
                    .hits(reader, UnrefreshedChanges.OfMailbox.NONE));
        }
        return current.search(
                mailbox, (index, held) -> new IndexSearch(index, changes, key, now, settings, memory, control)
                        .hits(reader, held));
    }

    @Override
    public long[] sort(String mailbox, long[] uids, List<SortKey> keys, SearchKey searched, SearchControl control)
            throws IOException {
        if (keys.stream().anyMatch(key -> key.field() == SortKey.Field.RELEVANCY)) {
            // relevance is only known of what the reader has
            return current.read(index -> OrderedDocuments.of(index, mailbox, uids, control)
                    .sorted(keys, messages -> new RelevancyScores(index, mailbox, settings, memory, control)
                            .of(messages, searched)));
        }
        return current.search(mailbox, (index, held) -> OrderedDocuments.of(index, held, mailbox, uids, control)
                .sorted(keys));
    }

    @Override
    public int[] relevancies(String mailbox, long[] uids, SearchKey searched, SearchControl control)
            throws IOException {
        return current.read(index -> {
            OrderedDocuments messages = OrderedDocuments.of(index, mailbox, uids, control);
            int[] ofRows = new RelevancyScores(index, mailbox, settings, memory, control).of(messages, searched);
            return LongStream.of(uids)
                    .mapToInt(messages::row)
                    .map(row -> row < 0 ? 1 : ofRows[row])
                    .toArray();
        });
    }

    @Override
    public List<MessageThread> threads(String mailbox, long[] uids, ThreadAlgorithm algorithm, SearchControl control)
            throws IOException {
        return current.search(mailbox, (index, held) -> OrderedDocuments.of(index, held, mailbox, uids, control)
                .threads(algorithm));
    }

    /** Whether a failure has closed the index for good. */
    boolean broken() {
        return !writer.isOpen();
    }

    @Override
    public void commit() throws IOException {
        commit(false);
    }

    /** Commits even where nothing changed: to find out whether that can be done. */
    synchronized void commitAgain() throws IOException {
        watermarksChanged = true;
        commit(false);
    }

    /**
     * The watermarks are taken down first: what they speak of was given to this index before, so it is in the commit.
     */
    private synchronized void commit(boolean clean) throws IOException {
        if (clean || watermarksChanged || !flagChanges.isEmpty() || writer.hasUncommittedChanges()) {
            watermarksChanged = false;
            boolean committed = false;
            try {
                CommitData data = new CommitData(new HashMap<>(watermarks), IndexFormat.of(settings), clean);
                flagChanges.write();
                writer.setLiveCommitData(data.entries().entrySet());
                writer.commit();
                committed = true;
                counts.commits.increment();
            } finally {
                if (!committed) {
                    counts.failedCommits.increment();
                    watermarksChanged = true;
                }
            }
            current.refresh();
            describeFiles();
        }
    }

    /** Where that fails, the next to open the index reads all of it. */
    private void describeFiles() {
        try {
            Manifest.of(
                            path,
                            SegmentInfos.readLatestCommit(writer.getDirectory()).files(true),
                            checked)
                    .write(path);
        } catch (IOException e) {
            LOGGER.info("Cannot describe the files of the search index in {}: {}", path, e.toString());
        }
    }

    @Override
    public IndexFigures figures() throws IOException {
        return current.read(reader -> IndexInspection.figures(reader, path));
    }

    @Override
    public Set<String> mailboxes() throws IOException {
        Set<String> mailboxes = current.read(IndexInspection::mailboxes);
        mailboxes.addAll(watermarks.keySet());
        return mailboxes;
    }

    @Override
    public Incomplete incomplete(String mailbox, int max) throws IOException {
        return current.read(reader -> IndexInspection.incomplete(reader, mailbox, max));
    }

    @Override
    public void optimize() throws IOException {
        commit();
        if (writer.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges) {
            // a merge that is under way takes along what is expunged meanwhile, and its segments are passed over below
            merges.sync();
        }
        writer.forceMergeDeletes(true);
        commitAgain();
        writer.deleteUnusedFiles();
    }

    /** When all files were last found right. */
    Instant checked() {
        return checked;
    }

    /**
     * Compares all files with their checksums, beside searches and changes.
     *
     * @throws IOException where one is damaged
     */
    void check(RateLimiter limiter, Checksums.Interest interest) throws IOException {
        current.readFiles(limiter, interest);
        if (interest.lasts()) {
            checked = Instant.now();
        }
    }

    /** Commits, notes that nothing is missing, and closes; the index is closed even where that fails. */
    @Override
    public void close() throws IOException {
        try {
            if (writer.isOpen()) {
                commit(true);
            }
            IOUtils.close(current, writer);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(current, writer::rollback);
            throw e;
        } finally {
            IOUtils.closeWhileHandlingException(writer.getDirectory());
        }
    }

    /** Closes without a commit. */
    void abandon() {
        IOUtils.closeWhileHandlingException(current, writer::rollback, writer.getDirectory());
    }
}
