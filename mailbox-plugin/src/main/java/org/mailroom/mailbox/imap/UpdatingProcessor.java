/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapProcessor;

/** One of James's processors with what has changed in live contexts told around it. Thread-safe. */
abstract class UpdatingProcessor<R extends ImapRequest> extends WrappingProcessor<R> {
    private final LiveContexts contexts;

    UpdatingProcessor(Class<R> command, ImapProcessor james, LiveContexts contexts) {
        super(command, james);
        this.contexts = contexts;
    }

    final LiveContexts contexts() {
        return contexts;
    }
}
