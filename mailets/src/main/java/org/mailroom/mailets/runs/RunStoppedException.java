/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Objects;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;

/** Ends a run before everything is done; the message says why. */
final class RunStoppedException extends Exception {
    private static final long serialVersionUID = 1;

    private final RunEnd end;

    RunStoppedException(RunEnd end, String reason) {
        super(reason);
        this.end = end;
    }

    RunEnd end() {
        return end;
    }

    String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
