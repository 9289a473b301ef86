/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

/**
 * Reports that a text is no condition on mail in transit. The message says which text, what is wrong with it and what
 * to do, but not where it stands: the caller knows that.
 */
public final class UnusableConditionException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableConditionException(String message) {
        super(message);
    }

    UnusableConditionException(String message, Throwable cause) {
        super(message, cause);
    }
}
