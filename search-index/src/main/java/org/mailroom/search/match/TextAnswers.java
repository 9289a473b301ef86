/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import org.mailroom.search.query.SearchKey;

/** Receives what the text of a message answers to keys, so that it need not be read for them again. */
public interface TextAnswers {
    /**
     * {@code key}, which holds no other key, looked at the text of the message and can tell whether it matches. The same
     * key always gets the same answer from the same message.
     */
    void answered(SearchKey key, boolean matches);

    /** Whether {@code key}, which holds no other key, matches depends on text of the message that is past {@code limit}. */
    void pastLimit(SearchKey key, String limit);
}
