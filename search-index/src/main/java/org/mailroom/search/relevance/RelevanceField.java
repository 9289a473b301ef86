/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/**
 * Names the parts of a message that relevance looks at, and how much a word in each says of what the message is about
 * where all of them are searched.
 */
public enum RelevanceField {
    SUBJECT(3),
    FROM(2),
    TO(1.5f),
    CC(1.5f),
    BCC(1.5f),
    BODY(1);

    private final float weight;

    RelevanceField(float weight) {
        this.weight = weight;
    }

    float weight() {
        return weight;
    }
}
