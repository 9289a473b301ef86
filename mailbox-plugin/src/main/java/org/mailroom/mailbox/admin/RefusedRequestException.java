/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

/** What an administrator asks for cannot be done; the message says why and is fit for them. */
public final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whether something is missing that the request names; else the request itself makes no sense. */
    private final boolean notFound;

    private RefusedRequestException(boolean notFound, String message) {
        super(message);
        this.notFound = notFound;
    }

    static RefusedRequestException notFound(String message) {
        return new RefusedRequestException(true, message);
    }

    static RefusedRequestException invalid(String message) {
        return new RefusedRequestException(false, message);
    }

    public boolean isNotFound() {
        return notFound;
    }
}
