/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;

/** A line's checksum is right and still it says nothing to this version of Mailroom: another version wrote it. */
final class ForeignLineException extends IOException {
    private static final long serialVersionUID = 1;

    ForeignLineException(String message, Throwable cause) {
        super(message, cause);
    }
}
