/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

/** A change of the rules cannot be made, and nothing was changed; the message says why and is fit for administrators. */
public final class EditRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What kind of reason. */
    public enum Reason {
        NOT_FOUND,
        /** The rules are not those that the change was made for. */
        OTHER_VERSION,
        /** It is not said which version of the rules the change is for. */
        NO_VERSION,
        /** The file was edited and not read again. */
        EDITED_BY_HAND,
        INVALID
    }

    EditRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
