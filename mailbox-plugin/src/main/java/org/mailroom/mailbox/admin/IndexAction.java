/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to indexes. */
public enum IndexAction {
    /** Compare what searches answer with {@code match} over the stored messages; changes nothing. */
    VERIFY,
    /** Read and index all messages again, while searches go on. */
    REBUILD,
    /** Merge files until no word of an expunged message is in them. */
    OPTIMIZE,
    /** Delete the index. The next search, or the next change, fills it again from the mail. */
    DELETE,
    /** Delete indexes of users that James does not know and that have no mailbox. */
    SWEEP;

    /** As it is written in requests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action that is written so; nothing where there is none. */
    public static Optional<IndexAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
