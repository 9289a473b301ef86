/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

/** Refuses a request; the message says why, and what to do. */
public final class RunRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What kind of mistake it is. */
    public enum Reason {
        /** There is no such rule, user, plan or run. */
        NOT_FOUND,
        /** It cannot be done as things are. */
        CONFLICT,
        /** It makes no sense. */
        INVALID
    }

    public RunRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
