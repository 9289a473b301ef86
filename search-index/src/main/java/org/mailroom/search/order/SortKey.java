/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.List;
import java.util.stream.Stream;

/**
 * One key of a SORT command (RFC 5256 section 3, RFC 5957, RFC 6203).
 *
 * @param reverse whether REVERSE stands before it
 */
public record SortKey(Field field, boolean reverse) {

    private static final SortKey NEWEST_FIRST = new SortKey(Field.ARRIVAL, true);

    /** With what comes after the last one: among equally relevant messages the newest is first. */
    public static List<SortKey> complete(List<SortKey> keys) {
        boolean byRelevancy = !keys.isEmpty() && keys.get(keys.size() - 1).field() == Field.RELEVANCY;
        return byRelevancy
                ? Stream.concat(keys.stream(), Stream.of(NEWEST_FIRST)).toList()
                : keys;
    }

    /** What is compared. */
    public enum Field {
        ARRIVAL,
        CC,
        DATE,
        DISPLAYFROM,
        DISPLAYTO,
        FROM,
        /** RFC 6203 section 5: the most relevant first. */
        RELEVANCY,
        SIZE,
        SUBJECT,
        TO
    }
}
