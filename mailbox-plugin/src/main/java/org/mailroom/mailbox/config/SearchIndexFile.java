/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

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

/** Reads {@code conf/search-index.xml}. */
public final class SearchIndexFile {
    private static final String FIELD = "signature-fields.field";
    /** An attribute of the root. */
    private static final String ACCENTS = "[@accents]";

    private static final Set<String> ELEMENTS = Set.of(
            ACCENTS,
            "directory",
            "max-open-indexes",
            "close-after",
            "commit-every",
            "ram-buffer",
            "threads",
            "search-threads",
            "signature-fields",
            FIELD,
            "index-attachments",
            "text-limits",
            "text-limits.parts",
            "text-limits.nesting",
            "text-limits.header-octets",
            "text-limits.part-octets",
            "text-limits.message-characters",
            "search-limits",
            "search-limits.depth",
            "search-limits.keys",
            "search-limits.string-octets",
            "search-limits.octets",
            "progress-interval",
            "recheck-interval",
            "fuzzy");
    private static final Set<String> REPEATABLE = Set.of(FIELD);

    private SearchIndexFile() {}

    /**
     * What the file says, defaults where it says nothing.
     *
     * @throws ConfigurationException names the element, its value and what would be right
     */
    public static SearchIndexConfiguration read(HierarchicalConfiguration<ImmutableNode> file)
            throws ConfigurationException {
        Elements elements = new Elements("search-index.xml", file, ELEMENTS, REPEATABLE);
        SearchIndexConfiguration standard = SearchIndexConfiguration.DEFAULT;
        return new SearchIndexConfiguration(
                directory(elements, standard.directory()),
                elements.number("max-open-indexes", standard.maxOpenIndexes(), 1, 10_000),
                elements.duration("close-after", standard.closeAfter(), Duration.ofSeconds(1), Duration.ofDays(1)),
                elements.duration("commit-every", standard.commitEvery(), Duration.ofSeconds(1), Duration.ofHours(1)),
                elements.number("ram-buffer", standard.ramBufferMegabytes(), 1, 1_024),
                elements.number("threads", standard.threads(), 1, 64),
                elements.number("search-threads", standard.searchThreads(), 1, 256),
                signatureFields(elements, standard.signatureFields()),
                casemap(elements, standard.casemap()),
                elements.flag("index-attachments"),
                textLimits(elements, standard.textLimits()),
                searchLimits(elements, standard.searchLimits()),
                elements.duration(
                        "progress-interval", standard.progressInterval(), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                elements.duration(
                        "recheck-interval", standard.recheckInterval(), Duration.ofSeconds(0), Duration.ofDays(1)),
                elements.flag("fuzzy").orElse(standard.fuzzy()));
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

    private static TextLimits textLimits(Elements elements, TextLimits standard) throws ConfigurationException {
        return new TextLimits(
                elements.number("text-limits.parts", standard.parts(), 1, 1_000_000),
                elements.number("text-limits.nesting", standard.nesting(), 1, 1_000),
                elements.number("text-limits.header-octets", standard.headerOctets(), 1_000, 100_000_000),
                elements.number("text-limits.part-octets", standard.partOctets(), 1_000, 1_000_000_000),
                elements.number("text-limits.message-characters", standard.messageCharacters(), 1_000, 1_000_000_000));
    }

    private static SearchLimits searchLimits(Elements elements, SearchLimits standard) throws ConfigurationException {
        return new SearchLimits(
                elements.number("search-limits.depth", standard.depth(), 1, 1_000),
                elements.number("search-limits.keys", standard.keys(), 1, 100_000),
                elements.number("search-limits.string-octets", standard.stringOctets(), 1, 1_000_000),
                elements.number("search-limits.octets", standard.octets(), 100, 100_000_000));
    }
}
