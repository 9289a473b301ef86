/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.io.IOException;

/** The server was reached, and has failed on this attachment: it may be the attachment's fault. */
final class AttachmentFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    AttachmentFailedException(String message) {
        super(message);
    }

    AttachmentFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
