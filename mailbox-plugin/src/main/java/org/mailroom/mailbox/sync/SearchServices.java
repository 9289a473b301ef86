/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.mailroom.mailbox.attachment.AttachmentTexts;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.search.AnsweredSearches;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.RunningSearches;
import org.mailroom.mailbox.search.SearchWatch;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.PartTextExtractor;
import org.mailroom.search.text.TextLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles what this package has for the mail of a server, and shuts it down in order. One for a server; thread-safe.
 */
public final class SearchServices {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchServices.class);

    private final IndexProvider indexes;
    private final BackgroundIndexer background;
    private final FairThreads searches;
    private final FairThreads catchUps;
    private final RunningSearches running = new RunningSearches();
    private final IndexHealth health;
    private final MailboxChanges changes = new MailboxChanges();
    private final AnsweredSearches answered = new AnsweredSearches();
    private final MailStore store;
    private final MailboxSync sync;
    private final MailboxSearch search;
    private final MessageTextReader indexedTexts;
    private final MessageTextReader wholeMessages;
    private final Casemap casemap;

    /** In James. */
    @Inject
    public SearchServices(
            SearchIndexConfiguration configuration,
            FileSystem files,
            MailboxManager mailboxes,
            AttachmentTexts attachments,
            SearchWatch watch,
            Clock clock)
            throws FileNotFoundException {
        this(
                configuration,
                files.getFile(configuration.directory()).toPath(),
                mailboxes,
                attachments.extractor(),
                attachments.version(),
                watch,
                clock);
        attachments.whenBack(sync::indexUnavailableAgain);
    }

    /** Indexes in {@code directory}, with the text that {@code attachments} draws from parts. */
    public SearchServices(
            SearchIndexConfiguration configuration,
            Path directory,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            Clock clock) {
        this(
                configuration,
                directory,
                mailboxes,
                attachments,
                attachments == PartTextExtractor.NONE ? "" : "attachments",
                SearchWatch.NONE,
                clock);
    }

    private SearchServices(
            SearchIndexConfiguration configuration,
            Path directory,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            String textVersion,
            SearchWatch watch,
            Clock clock) {
        this(
                configuration,
                health -> new UserIndexes(directory, configuration.indexSettings(textVersion), health),
                mailboxes,
                attachments,
                watch,
                clock);
    }

    /** @param opening makes the indexes, which tell what happens to them */
    SearchServices(
            SearchIndexConfiguration configuration,
            Function<IndexHealth, IndexProvider> opening,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            Clock clock) {
        this(configuration, opening, mailboxes, attachments, SearchWatch.NONE, clock);
    }

    private SearchServices(
            SearchIndexConfiguration configuration,
            Function<IndexHealth, IndexProvider> opening,
            MailboxManager mailboxes,
            PartTextExtractor attachments,
            SearchWatch watch,
            Clock clock) {
        this.health = new IndexHealth();
        this.indexes = opening.apply(health);
        this.background = new BackgroundIndexer(configuration.threads());
        int share = configuration.searchThreadsPerUser();
        this.searches = new FairThreads("mailroom-search", configuration.searchThreads(), share);
        // threads of their own: a mailbox that is indexed for minutes leaves its user the turns of other searches
        this.catchUps = new FairThreads("mailroom-catch-up", configuration.searchThreads(), Math.max(1, share / 2));
        this.store = new MailStore(mailboxes);
        TextLimits limits = configuration.textLimits();
        this.indexedTexts = new MessageTextReader(limits, attachments);
        this.sync = new MailboxSync(
                store,
                this.indexes,
                new MessageIndexing(
                        store, new MessageTextSource(indexedTexts), background, background.threads(), health::cut),
                background,
                health,
                changes,
                catchUps::submit,
                configuration.recheckInterval(),
                SyncTime.SYSTEM);
        this.wholeMessages = new MessageTextReader(wider(limits), attachments);
        this.casemap = configuration.casemap();
        this.search = new IndexedMailboxSearch(
                store,
                sync,
                this.indexes,
                wholeMessages,
                configuration.signatureFields(),
                configuration.casemap(),
                health,
                new SearchTask.Surroundings(
                        searches, running, new SlowSearches(configuration.slowSearch()), health, watch),
                configuration.searchDeadline(),
                clock,
                answered);
    }

    public MailboxSearch search() {
        return search;
    }

    /** The searches that have no answer yet. */
    public RunningSearches running() {
        return running;
    }

    /** The mail itself. */
    public MailStore store() {
        return store;
    }

    /** What searches were answered. */
    public AnsweredSearches answered() {
        return answered;
    }

    /** All indexes; nothing where something stands in for them in a test. */
    public Optional<UserIndexes> indexes() {
        return indexes.all();
    }

    /** How many searches work now. */
    public int searchesRunning() {
        return searches.running();
    }

    /** How many searches wait for a thread now. */
    public int searchesWaiting() {
        return searches.waiting();
    }

    /** How many catch-ups that searches wait for are at work or wait for a thread. */
    public int catchUps() {
        return catchUps.running() + catchUps.waiting();
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

    /** How texts are compared. */
    public Casemap casemap() {
        return casemap;
    }

    /** Reads messages as they are indexed, within the limits for that. */
    public MessageTextReader indexedTexts() {
        return indexedTexts;
    }

    /** Reads messages where a search cannot go by the index: as far as the heap allows, beyond the limits for indexing. */
    public MessageTextReader wholeMessages() {
        return wholeMessages;
    }

    /** Called by James at shutdown. */
    @PreDestroy
    public void close() {
        searches.close();
        catchUps.close();
        sync.close();
        background.close();
        sync.distrustFresh();
        try {
            indexes.close();
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Not every search index could be closed: those are compared with the mail when next used", e);
        }
    }

    /** For a message that is past a limit and is read once more: all but the limits that keep the heap bounded. */
    private static TextLimits wider(TextLimits limits) {
        return new TextLimits(Math.max(limits.partOctets(), limits.messageCharacters()), limits.messageCharacters());
    }
}
