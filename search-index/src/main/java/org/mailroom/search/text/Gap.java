/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Optional;

/** Why a part of a message's text is missing in its {@link MessageText}. */
public enum Gap {
    /** A part is longer than {@link TextLimits#partOctets}. */
    PART_OCTETS("part-octets"),
    /** The texts of the body, or the fields of the header, together are longer than {@link TextLimits#messageCharacters}. */
    MESSAGE_CHARACTERS("message-characters"),
    /** The message is malformed in a way that ends its reading; nothing behind that place can ever be read. */
    MALFORMED(""),
    /** The store or a text extractor cannot give the text now; later it may. */
    UNAVAILABLE("");

    private final String limit;

    Gap(String limit) {
        this.limit = limit;
    }

    /** The name that the limit has in the configuration; nothing where the gap is not the work of a limit. */
    public Optional<String> limit() {
        return Optional.of(limit).filter(name -> !name.isEmpty());
    }
}
