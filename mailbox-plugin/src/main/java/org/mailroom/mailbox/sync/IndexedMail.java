/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.PartTextExtractor;
import org.mailroom.search.text.TextLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail of a server together with its indexes: puts together what this package has and ends it in order. One for a
 * server; thread-safe.
 */
public final class IndexedMail {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexedMail.class);
    private static final int MOST_WAITING_SEARCHES = 10_000;

    private final Indexes indexes;
    private final BackgroundIndexer background;
    private final ExecutorService searches;
    private final IndexHealth health;
    private final MailboxChanges changes = new MailboxChanges();
    private final MailStore store;
    private final MailboxSync sync;
    private final MailboxSearch search;
    private final MessageTextReader wholeMessages;

    /** In James. */
    @Inject
    public IndexedMail(
            SearchIndexConfiguration configuration,
            FileSystem files,
            MailboxManager mailboxes,
            TextExtractor extractor,
            Clock clock)
            throws FileNotFoundException {
        this(
                configuration,
                files.getFile(configuration.directory()).toPath(),
                mailboxes,
                configuration.indexAttachments().orElse(AttachmentText.isWorthwhile(extractor))
                        ? new AttachmentText(extractor)
                        : PartTextExtractor.NONE,
                clock);
    }

    /** Indexes in {@code directory}, with the text that {@code attachments} draws from parts. */
    public IndexedMail(
            SearchIndexConfiguration configuration,
            Path directory,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            Clock clock) {
        this(
                configuration,
                health -> Indexes.of(new UserIndexes(
                        directory,
                        configuration.indexSettings(attachments == PartTextExtractor.NONE ? "" : "attachments"),
                        health)),
                mailboxes,
                attachments,
                clock);
    }

    /** @param opening makes the indexes, which tell what happens to them */
    IndexedMail(
            SearchIndexConfiguration configuration,
            Function<IndexHealth, Indexes> opening,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            Clock clock) {
        this.health = new IndexHealth();
        this.indexes = opening.apply(health);
        this.background = new BackgroundIndexer(configuration.threads());
        this.searches = searchThreads(configuration.searchThreads());
        this.store = new MailStore(mailboxes);
        TextLimits limits = configuration.textLimits();
        this.sync = new MailboxSync(
                store,
                this.indexes,
                new MessageTextReader(limits, attachments),
                background,
                health,
                changes,
                configuration.recheckInterval());
        this.wholeMessages = new MessageTextReader(wider(limits), attachments);
        this.search = new IndexedMailboxSearch(
                store, sync, this.indexes, wholeMessages, configuration.signatureFields(), health, searches, clock);
    }

    public MailboxSearch search() {
        return search;
    }

    /** The mail itself. */
    public MailStore store() {
        return store;
    }

    public MailboxSync sync() {
        return sync;
    }

    public MailboxChanges changes() {
        return changes;
    }

    public IndexHealth health() {
        return health;
    }

    /** Reads messages where a search cannot go by the index: as far as the heap allows, beyond the limits for indexing. */
    public MessageTextReader wholeMessages() {
        return wholeMessages;
    }

    /** Called by James at shutdown. */
    @PreDestroy
    public void close() {
        searches.shutdown();
        background.close();
        try {
            searches.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sync.distrustFresh();
        try {
            indexes.close();
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Not every search index could be closed: those are compared with the mail when next used", e);
        }
    }

    /** For a message that is past a limit and is read once more: all but the limits that keep the heap bounded. */
    private static TextLimits wider(TextLimits limits) {
        return new TextLimits(
                (int) Math.min(10L * limits.parts(), 10_000_000),
                limits.nesting(),
                (int) Math.min(10L * limits.headerOctets(), Math.max(limits.headerOctets(), 100_000_000)),
                Math.max(limits.partOctets(), limits.messageCharacters()),
                limits.messageCharacters());
    }

    private static ExecutorService searchThreads(int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_WAITING_SEARCHES), task -> {
                    Thread thread = new Thread(task, "mailroom-search-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
