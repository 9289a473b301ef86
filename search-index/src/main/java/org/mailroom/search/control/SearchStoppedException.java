/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

import java.util.concurrent.CancellationException;

/** Reports that a search was stopped before it had an answer. */
public final class SearchStoppedException extends CancellationException {
    private static final long serialVersionUID = 1;

    private final Stop reason;

    public SearchStoppedException(Stop reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Stop reason() {
        return reason;
    }
}
