/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.query.SearchKey;

/**
 * Why a search key matches a message, or why it does not. Immutable.
 *
 * @param key the key
 * @param outcome whether it matches
 * @param sought for a key with a string, that string in the form in which it is looked for
 * @param places where the string stands: the first few
 * @param nearest where the string does not stand, the place of its longest beginning
 * @param actual for a key without a string, what the message has instead
 * @param operands those of AND, OR, NOT and FUZZY
 */
public record KeyExplanation(
        SearchKey key,
        Outcome outcome,
        Optional<String> sought,
        List<Place> places,
        Optional<Nearest> nearest,
        Optional<String> actual,
        List<KeyExplanation> operands) {

    /** Whether a key matches. */
    public enum Outcome {
        MATCHES,
        DOES_NOT_MATCH,
        /** That depends on text that is past a limit. */
        PAST_LIMIT
    }

    /**
     * A place in a message's text.
     *
     * @param field the name of a header field; empty for a text of the body
     * @param number which of the fields of that name, or of the texts of the body, from 0 on
     * @param before normalised text before it
     * @param found the normalised string
     * @param after normalised text after it
     */
    public record Place(String field, int number, String before, String found, String after) {}

    /**
     * The longest beginning of a string that stands in a message.
     *
     * @param place where
     * @param missing what of the string would have to follow
     */
    public record Nearest(Place place, String missing) {}
}
