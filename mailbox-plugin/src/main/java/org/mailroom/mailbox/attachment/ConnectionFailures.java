/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Tells a server that cannot be reached from one that was reached and then failed. */
final class ConnectionFailures {

    private ConnectionFailures() {}

    static IOException explain(URI server, Throwable failure) {
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            String reason = failure.getCause() instanceof UnresolvedAddressException
                    ? "its host name is unknown"
                    : String.valueOf(failure.getMessage());
            return new IOException("the Tika server at " + server + " cannot be reached: " + reason, failure);
        }
        return failure instanceof IOException
                ? new AttachmentFailedException("the connection to the Tika server failed: " + failure, failure)
                : new IOException(failure);
    }
}
