/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;

/** Reports that no plans and journals can be read or written; the message says where and why. */
public final class JournalsUnusableException extends IOException {
    private static final long serialVersionUID = 1;

    JournalsUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
