/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.Arrays;
import java.util.Optional;

/**
 * The keywords by which clients ask whether a message has an attachment. They hold where somebody has set them, and also
 * where nobody has but the parts of the message say so.
 */
public enum AttachmentKeyword {
    HAS("$hasattachment"),
    HAS_NO("$hasnoattachment");

    private final String folded;

    AttachmentKeyword(String folded) {
        this.folded = folded;
    }

    /** The one that {@code keyword} is, in any case. */
    public static Optional<AttachmentKeyword> of(String keyword) {
        String sought = MailKey.foldKeyword(keyword);
        return Arrays.stream(values())
                .filter(known -> known.folded.equals(sought))
                .findFirst();
    }

    /** Whether a message holds it whose parts say that it has an attachment, or that it has none. */
    public boolean holds(boolean hasAttachment) {
        return hasAttachment == (this == HAS);
    }
}
