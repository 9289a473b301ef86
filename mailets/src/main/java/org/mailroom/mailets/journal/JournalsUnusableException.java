/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;

/** Plans and journals cannot be read or written at all; the message says where and why. */
public final class JournalsUnusableException extends IOException {
    private static final long serialVersionUID = 1;

    JournalsUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
