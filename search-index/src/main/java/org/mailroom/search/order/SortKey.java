/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/**
 * One key of a SORT command (RFC 5256 section 3, RFC 5957).
 *
 * @param reverse whether REVERSE stands before it
 */
public record SortKey(Field field, boolean reverse) {

    /** What is compared. */
    public enum Field {
        ARRIVAL,
        CC,
        DATE,
        DISPLAYFROM,
        DISPLAYTO,
        FROM,
        SIZE,
        SUBJECT,
        TO
    }
}
