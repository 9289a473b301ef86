/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.time.Duration;
import java.util.Objects;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;

/**
 * The bounds of {@link UserIndexes}.
 *
 * @param maxOpenIndexes how many indexes are open at most while nobody holds more leases than that
 * @param closeAfter how long an index stays open that nobody uses
 * @param commitEvery how long a change may wait for being on disk
 * @param ramBufferMegabytes the heap that one index may use for changes before it writes them to files
 * @param textVersion what else the text of messages depends on (whether attachments are read, say): an index made
 *     under another value is rebuilt
 * @param signatureFields header fields that are not part of TEXT
 * @param casemap how texts are compared: an index made under another is rebuilt
 * @param fuzzy whether messages are indexed by relevance too; where they are not, FUZZY finds what its key finds. An index
 *     made without it is rebuilt with it
 * @param pieces how words are cut that are too long for a term
 */
public record IndexSettings(
        int maxOpenIndexes,
        Duration closeAfter,
        Duration commitEvery,
        double ramBufferMegabytes,
        String textVersion,
        SignatureFields signatureFields,
        Casemap casemap,
        boolean fuzzy,
        WordPieces pieces) {

    /** Without what FUZZY takes. */
    public static final IndexSettings DEFAULT = new IndexSettings(
            64,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            32,
            "",
            SignatureFields.DEFAULT,
            Casemap.keepingAccents(),
            false);

    public IndexSettings {
        Objects.requireNonNull(textVersion);
        Objects.requireNonNull(signatureFields);
        Objects.requireNonNull(casemap);
        Objects.requireNonNull(pieces);
    }

    /** With words cut as it suits Lucene. */
    public IndexSettings(
            int maxOpenIndexes,
            Duration closeAfter,
            Duration commitEvery,
            double ramBufferMegabytes,
            String textVersion,
            SignatureFields signatureFields,
            Casemap casemap,
            boolean fuzzy) {
        this(
                maxOpenIndexes,
                closeAfter,
                commitEvery,
                ramBufferMegabytes,
                textVersion,
                signatureFields,
                casemap,
                fuzzy,
                WordPieces.DEFAULT);
    }

    /** The same with words cut otherwise, for tests. */
    IndexSettings withPieces(WordPieces others) {
        return new IndexSettings(
                maxOpenIndexes,
                closeAfter,
                commitEvery,
                ramBufferMegabytes,
                textVersion,
                signatureFields,
                casemap,
                fuzzy,
                others);
    }

    /** The same with or without what FUZZY takes. */
    public IndexSettings withFuzzy(boolean with) {
        return new IndexSettings(
                maxOpenIndexes,
                closeAfter,
                commitEvery,
                ramBufferMegabytes,
                textVersion,
                signatureFields,
                casemap,
                with,
                pieces);
    }

    /** Whether the field {@code name} is a signature field. */
    boolean isSignature(String name) {
        return signatureFields.contains(name);
    }
}
