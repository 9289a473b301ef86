/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.Collection;
import org.mailroom.search.text.Gap;

/** Reports that whether a message matches depends on text of it that is past a limit, so nobody can tell. */
public final class TextLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String limit;
    private final long uid;

    /**
     * @param limit the name of the limit in the configuration
     * @param uid the uid of the message in its mailbox
     */
    public TextLimitException(String limit, long uid) {
        super("the search depends on text of message " + uid + " that is past the limit " + limit);
        this.limit = limit;
        this.uid = uid;
    }

    /** Whether a limit is the cause of one of {@code gaps}. */
    static boolean isLimit(Collection<Gap> gaps) {
        return gaps.stream().anyMatch(gap -> gap.limit().isPresent());
    }

    /** The name of the limit in the configuration. */
    public String limit() {
        return limit;
    }

    /** The uid of the message in its mailbox. */
    public long uid() {
        return uid;
    }
}
