/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

/** The header fields of addresses that have search keys of their own, which are named as the constants are. */
public enum AddressField {
    BCC("Bcc"),
    CC("Cc"),
    FROM("From"),
    TO("To");

    private final String fieldName;

    AddressField(String fieldName) {
        this.fieldName = fieldName;
    }

    /** The name of the field, as messages usually write it. */
    public String fieldName() {
        return fieldName;
    }
}
