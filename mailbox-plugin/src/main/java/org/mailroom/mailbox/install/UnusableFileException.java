/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

/**
 * Reports that a file of the configuration has no place for Mailroom's lines. The message says what is missing and what
 * to do.
 */
public final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
        super(message);
    }
}
