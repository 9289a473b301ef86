/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Draws text from parts that are not text themselves (PDF, office documents). Thread-safe. */
@FunctionalInterface
public interface PartTextExtractor {

    /** Reads no part: for where attachments are not searched. */
    PartTextExtractor NONE = (mediaType, fileName, content) -> Optional.empty();

    /**
     * The text of a part, or nothing where it has none that can be read. A {@link RuntimeException} means the same,
     * and is logged.
     *
     * @param mediaType type and subtype in lower case, as {@code application/pdf}
     * @param fileName the name of the part, decoded
     * @param content the part with its transfer encoding decoded; need not be read to its end nor closed
     * @throws IOException where the text cannot be had now but may be later (a service that is away): the
     *     message's text is then not {@link MessageText#complete}
     */
    Optional<String> extract(String mediaType, Optional<String> fileName, InputStream content) throws IOException;
}
