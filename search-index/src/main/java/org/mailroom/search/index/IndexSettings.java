/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.time.Duration;
import java.util.Set;

/**
 * The bounds of {@link UserIndexes}.
 *
 * @param maxOpenIndexes how many indexes are open at most while nobody holds more leases than that
 * @param closeAfter how long an index stays open that nobody uses
 * @param commitEvery how long a change may wait for being on disk
 * @param ramBufferMegabytes the heap that one index may use for changes before it writes them to files
 * @param textVersion what else the text of messages depends on (whether attachments are read, say): an index made
 *     under another value is made anew
 * @param signatureFields header fields that are not part of TEXT, in lower case; a trailing {@code *} stands for any
 *     ending
 */
public record IndexSettings(
        int maxOpenIndexes,
        Duration closeAfter,
        Duration commitEvery,
        double ramBufferMegabytes,
        String textVersion,
        Set<String> signatureFields) {

    /** The signature fields unless configured otherwise. */
    public static final Set<String> SIGNATURE_FIELDS =
            Set.of("dkim-signature", "x-google-dkim-signature", "arc-*", "x-gm-message-state", "x-google-smtp-source");

    public static final IndexSettings DEFAULT =
            new IndexSettings(64, Duration.ofMinutes(10), Duration.ofSeconds(30), 32, "", SIGNATURE_FIELDS);

    public IndexSettings {
        signatureFields = Set.copyOf(signatureFields);
    }

    /** Whether the field of this name, in lower case, is a signature field. */
    boolean isSignature(String foldedName) {
        return signatureFields.stream()
                .anyMatch(field -> field.endsWith("*")
                        ? foldedName.startsWith(field.substring(0, field.length() - 1))
                        : foldedName.equals(field));
    }
}
