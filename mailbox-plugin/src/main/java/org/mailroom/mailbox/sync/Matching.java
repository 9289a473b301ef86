/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Instant;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.SearchKey;

final class Matching {
    private Matching() {}

    static boolean matches(SearchKey key, MessageView message, Instant now) {
        throw new UnsupportedOperationException();
    }
}
