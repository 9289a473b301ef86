/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One occurrence of a header field.
 *
 * @param name as it is written, without the colon
 * @param value unfolded and decoded (RFC 2047), not normalised
 * @param addresses the forms of its addresses, not normalised, that FROM, TO, CC and BCC find besides the value: see
 *     {@link EnvelopeAddress}
 */
public record HeaderField(String name, String value, List<String> addresses) {
    public HeaderField {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        addresses = List.copyOf(addresses);
    }

    /** With the addresses that the value says, taken as it is. */
    public HeaderField(String name, String value) {
        this(name, value, EnvelopeAddress.searchableForms(name, value));
    }

    /** From a value that is unfolded, but whose encoded words are not decoded. */
    static HeaderField ofUndecoded(String name, String value) {
        return new HeaderField(name, HeaderDecoder.decodeWords(value), EnvelopeAddress.searchableForms(name, value));
    }

    /** The form in which names of fields are compared: ASCII lower case, no blanks at the ends. */
    public static String foldName(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
