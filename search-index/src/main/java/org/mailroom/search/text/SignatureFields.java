/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Header fields that are not part of what TEXT looks at, because signatures and the like stand in them: every short
 * string is found there by chance. Immutable.
 *
 * @param patterns names of fields, in lower case; a trailing {@code *} stands for any ending
 */
public record SignatureFields(Set<String> patterns) {

    /** The signature fields unless configured otherwise. */
    public static final SignatureFields DEFAULT = new SignatureFields(
            Set.of("dkim-signature", "x-google-dkim-signature", "arc-*", "x-gm-message-state", "x-google-smtp-source"));

    /** No fields: TEXT looks at all. */
    public static final SignatureFields NONE = new SignatureFields(Set.of());

    public SignatureFields {
        patterns = patterns.stream().map(HeaderField::foldName).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the field {@code name}, in any case, is one of them. */
    public boolean contains(String name) {
        String folded = HeaderField.foldName(name);
        if (patterns.contains(folded)) {
            return true;
        }
        for (String pattern : patterns) {
            if (pattern.endsWith("*") && folded.startsWith(pattern.substring(0, pattern.length() - 1))) {
                return true;
            }
        }
        return false;
    }
}
