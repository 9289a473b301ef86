/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Locale;
import java.util.Objects;

/**
 * One occurrence of a header field.
 *
 * @param name as it is written, without the colon
 * @param value unfolded and decoded (RFC 2047), not normalised
 */
public record HeaderField(String name, String value) {
    public HeaderField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
    }

    /** The form in which names of fields are compared: ASCII lower case, no blanks at the ends. */
    public static String foldName(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
