/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * Is what a SEARCH command asks (RFC 9051 {@code search-program}).
 *
 * @param charset the CHARSET that the client named for its strings
 * @param key what to search for; several keys in a row are one {@link SearchKey.And}
 */
public record SearchProgram(Optional<Charset> charset, SearchKey key) {
    public SearchProgram {
        Objects.requireNonNull(charset);
        Objects.requireNonNull(key);
    }
}
