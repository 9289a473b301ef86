/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import com.google.common.collect.Sets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;
import org.mailroom.search.text.TextLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code conf/search-index.xml}. */
public final class SearchIndexFile {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchIndexFile.class);
    private static final String FIELD = "signature-fields.field";
    private static final String TIKA_SERVER = "attachment-text.tika-server";
    /** An attribute of the root. */
    private static final String ACCENTS = "[@accents]";

    /** What the file may have; {@code docs/operations.md} lists the same, which a test compares. */
    static final Set<String> ELEMENTS = Set.of(
            ACCENTS,
            "directory",
            "max-open-indexes",
            "close-after",
            "commit-every",
            "ram-buffer",
            "threads",
            "search-threads",
            "search-threads-per-user",
            "signature-fields",
            FIELD,
            "index-attachments",
            "attachment-text",
            TIKA_SERVER,
            "attachment-text.timeout",
            "attachment-text.max-octets",
            "attachment-text.connections",
            "text-limits",
            "text-limits.part-octets",
            "text-limits.message-characters",
            "search-limits",
            "search-limits.depth",
            "search-limits.keys",
            "search-limits.string-octets",
            "search-limits.octets",
            "search-limits.deadline",
            "slow-search",
            "progress-interval",
            "recheck-interval",
            "fuzzy",
            "self-check",
            "self-check.searches-per-million",
            "self-check.messages-per-thousand",
            "self-check.messages-per-second");

    /** Elements of earlier versions that say nothing today. A file that has them is read nevertheless. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("text-limits.parts", "text-limits.nesting", "text-limits.header-octets");

    private static final Set<String> REPEATABLE = Set.of(FIELD);

    private SearchIndexFile() {}

    /**
     * What the file says, defaults where it says nothing.
     *
     * @throws ConfigurationException names the element, its value and what would be right
     */
    public static SearchIndexConfiguration read(HierarchicalConfiguration<ImmutableNode> file)
            throws ConfigurationException {
        Elements elements = new Elements("search-index.xml", file, Sets.union(ELEMENTS, WITHOUT_EFFECT), REPEATABLE);
        for (String element : WITHOUT_EFFECT) {
            if (elements.has(element)) {
                LOGGER.info(
                        "search-index.xml: <{}> has no effect any longer: messages are read whole whatever their parts,"
                                + " nesting and header size; the element can be removed",
                        element.replace(".", "><"));
            }
        }
        SearchIndexConfiguration standard = SearchIndexConfiguration.DEFAULT;
        return new SearchIndexConfiguration(
                directory(elements, standard.directory()),
                elements.number("max-open-indexes", standard.maxOpenIndexes(), 1, 10_000),
                elements.duration("close-after", standard.closeAfter(), Duration.ofSeconds(1), Duration.ofDays(1)),
                elements.duration("commit-every", standard.commitEvery(), Duration.ofSeconds(1), Duration.ofHours(1)),
                elements.number("ram-buffer", standard.ramBufferMegabytes(), 1, 1_024),
                elements.number("threads", standard.threads(), 1, 64),
                elements.number("search-threads", standard.searchThreads(), 1, 256),
                elements.number("search-threads-per-user", standard.searchThreadsPerUser(), 1, 256),
                signatureFields(elements, standard.signatureFields()),
                casemap(elements, standard.casemap()),
                elements.flag("index-attachments"),
                attachmentText(elements),
                textLimits(elements, standard.textLimits()),
                searchLimits(elements, standard.searchLimits()),
                elements.duration(
                        "search-limits.deadline",
                        standard.searchDeadline(),
                        Duration.ofMillis(100),
                        Duration.ofHours(1)),
                slowSearch(elements, standard.slowSearch()),
                elements.duration(
                        "progress-interval", standard.progressInterval(), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                elements.duration(
                        "recheck-interval", standard.recheckInterval(), Duration.ofSeconds(0), Duration.ofDays(1)),
                elements.flag("fuzzy").orElse(standard.fuzzy()),
                selfCheck(elements, standard.selfCheck()));
    }

    private static SelfCheckSettings selfCheck(Elements elements, SelfCheckSettings standard)
            throws ConfigurationException {
        return new SelfCheckSettings(
                elements.number("self-check.searches-per-million", standard.searchesPerMillion(), 0, 1_000_000),
                elements.number("self-check.messages-per-thousand", standard.messagesPerThousand(), 0, 1_000),
                elements.number("self-check.messages-per-second", standard.messagesPerSecond(), 1, 1_000));
    }

    private static String directory(Elements elements, String standard) throws ConfigurationException {
        String directory = elements.text("directory").orElse(standard);
        if (!directory.startsWith("file://")) {
            throw elements.wrong("directory", directory, "a location beginning with file:// (file://var/ is James's)");
        }
        return directory;
    }

    private static SignatureFields signatureFields(Elements elements, SignatureFields standard)
            throws ConfigurationException {
        if (!elements.has("signature-fields")) {
            return standard;
        }
        Set<String> fields = new TreeSet<>();
        for (String field : elements.texts(FIELD)) {
            if (!field.matches("[!-)+-9;-~]+\\*?")) {
                throw elements.wrong(FIELD, field, "the name of a header field, which may end with *");
            }
            fields.add(field);
        }
        return new SignatureFields(fields);
    }

    private static Casemap casemap(Elements elements, Casemap standard) throws ConfigurationException {
        Optional<String> accents = elements.text(ACCENTS);
        if (accents.isEmpty()) {
            return standard;
        }
        return switch (accents.get()) {
            case "keep" -> Casemap.keepingAccents();
            case "fold" -> Casemap.foldingAccents();
            default -> throw elements.wrong(ACCENTS, accents.get(), "keep or fold");
        };
    }

    private static Optional<AttachmentSettings> attachmentText(Elements elements) throws ConfigurationException {
        Optional<String> server = elements.text(TIKA_SERVER).filter(text -> !text.equals("off"));
        Duration timeout = elements.duration(
                "attachment-text.timeout", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMinutes(10));
        int maxOctets = elements.number("attachment-text.max-octets", 50_000_000, 1_000, 1_000_000_000);
        int connections = elements.number("attachment-text.connections", 2, 1, 64);
        return server.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AttachmentSettings(tikaServer(elements, server.get()), timeout, maxOctets, connections));
    }

    private static URI tikaServer(Elements elements, String text) throws ConfigurationException {
        String allowed = "off, or the address of a Tika server, such as http://127.0.0.1:9998";
        try {
            URI server = new URI(text);
            boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
            if (!http || server.getHost() == null || server.getQuery() != null || server.getFragment() != null) {
                throw elements.wrong(TIKA_SERVER, text, allowed);
            }
            return server;
        } catch (URISyntaxException e) {
            throw elements.wrong(TIKA_SERVER, text, allowed);
        }
    }

    private static TextLimits textLimits(Elements elements, TextLimits standard) throws ConfigurationException {
        return new TextLimits(
                elements.number("text-limits.part-octets", standard.partOctets(), 1_000, 1_000_000_000),
                elements.number("text-limits.message-characters", standard.messageCharacters(), 1_000, 1_000_000_000));
    }

    private static Optional<Duration> slowSearch(Elements elements, Optional<Duration> standard)
            throws ConfigurationException {
        return elements.text("slow-search").filter("off"::equals).isPresent()
                ? Optional.empty()
                : Optional.of(elements.duration(
                        "slow-search", standard.orElseThrow(), Duration.ofMillis(10), Duration.ofHours(1)));
    }

    private static SearchLimits searchLimits(Elements elements, SearchLimits standard) throws ConfigurationException {
        return new SearchLimits(
                elements.number("search-limits.depth", standard.depth(), 1, 1_000),
                elements.number("search-limits.keys", standard.keys(), 1, 100_000),
                elements.number("search-limits.string-octets", standard.stringOctets(), 1, 1_000_000),
                elements.number("search-limits.octets", standard.octets(), 100, 100_000_000));
    }
}
