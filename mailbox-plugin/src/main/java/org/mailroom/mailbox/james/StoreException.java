/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.io.IOException;

/** Reports that James's store could not be read: not the fault of an index, and no reason to rebuild one. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
