/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

/**
 * Reports that a text is no search key, or more than {@link SearchLimits} allow. The message says what is wrong and
 * where, in printable ASCII on one line, fit for a BAD response; it may quote some characters of the text.
 */
public class SearchSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    SearchSyntaxException(String what, int position) {
        super(what + " (at octet " + position + " of the search keys)");
        this.position = position;
    }

    /** How many octets of the search keys stand before the place; the CHARSET argument counts. */
    public int position() {
        return position;
    }
}
