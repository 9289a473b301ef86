/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import java.time.Duration;
import java.util.Optional;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;
import org.mailroom.search.text.TextLimits;

/**
 * What {@code conf/search-index.xml} says; the file itself documents each element, its unit and its bounds.
 *
 * @param directory where the indexes are, as James writes file locations
 * @param maxOpenIndexes indexes that are open at most
 * @param closeAfter how long an index stays open that nobody uses
 * @param commitEvery how long a change may wait for being on disk
 * @param ramBufferMegabytes heap that one index may use for changes
 * @param threads threads that index in the background and help searches to catch up
 * @param searchThreads searches that run at a time
 * @param searchThreadsPerUser searches of one user that run at a time
 * @param signatureFields header fields that are not part of TEXT
 * @param casemap how texts are compared: with their accents or without
 * @param indexAttachments whether James's text extractor is asked for the text of attachments; empty: where it is Tika
 * @param attachmentText the Tika server that draws text from attachments, instead of James's text extractor
 * @param textLimits how much of one message is read
 * @param searchLimits what a search may ask at most
 * @param searchDeadline how long a search may work
 * @param slowSearch from when on a search is logged as slow; nothing to log none
 * @param progressInterval how often a client that waits for its search gets a note on its progress
 * @param recheckInterval how long a number of messages that was compared with the store is believed in
 * @param fuzzy whether messages are indexed by relevance too, for SEARCH=FUZZY
 * @param selfCheck how much is compared with {@code match} in the background
 */
public record SearchIndexConfiguration(
        String directory,
        int maxOpenIndexes,
        Duration closeAfter,
        Duration commitEvery,
        int ramBufferMegabytes,
        int threads,
        int searchThreads,
        int searchThreadsPerUser,
        SignatureFields signatureFields,
        Casemap casemap,
        Optional<Boolean> indexAttachments,
        Optional<AttachmentSettings> attachmentText,
        TextLimits textLimits,
        SearchLimits searchLimits,
        Duration searchDeadline,
        Optional<Duration> slowSearch,
        Duration progressInterval,
        Duration recheckInterval,
        boolean fuzzy,
        SelfCheckSettings selfCheck) {

    /** What holds without the file. */
    public static final SearchIndexConfiguration DEFAULT = new SearchIndexConfiguration(
            "file://var/search-index",
            64,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            32,
            2,
            16,
            // what computes gains nothing from more threads than there are processors, and others need some
            Runtime.getRuntime().availableProcessors(),
            SignatureFields.DEFAULT,
            Casemap.keepingAccents(),
            Optional.empty(),
            Optional.empty(),
            TextLimits.DEFAULT,
            SearchLimits.DEFAULT,
            Duration.ofMinutes(1),
            Optional.of(Duration.ofSeconds(1)),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            true,
            SelfCheckSettings.DEFAULT);

    /** The same as the index takes it; {@code textVersion} as {@link IndexSettings} explains. */
    public IndexSettings indexSettings(String textVersion) {
        return new IndexSettings(
                maxOpenIndexes,
                closeAfter,
                commitEvery,
                ramBufferMegabytes,
                textVersion,
                signatureFields,
                casemap,
                fuzzy);
    }
}
