/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.metadata;

/** Refuses an entry of METADATA. The message tells the client's user why, and what to do. */
public final class RefusedEntryException extends Exception {
    private static final long serialVersionUID = 1;

    public RefusedEntryException(String message) {
        super(message);
    }
}
