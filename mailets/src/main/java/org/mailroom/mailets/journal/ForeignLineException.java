/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;

/** Reports a line whose checksum is right and that this version of Mailroom cannot read: another version wrote it. */
final class ForeignLineException extends IOException {
    private static final long serialVersionUID = 1;

    ForeignLineException(String message, Throwable cause) {
        super(message, cause);
    }
}
