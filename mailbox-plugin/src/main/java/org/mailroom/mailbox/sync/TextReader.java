/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.io.InputStream;
import org.mailroom.search.text.MessageText;

/** Draws the text from a message as this server is configured to. Thread-safe. */
@FunctionalInterface
public interface TextReader {
    /**
     * The text of {@code message}, however damaged it is.
     *
     * @throws IOException where the stream cannot be read
     */
    MessageText read(InputStream message) throws IOException;
}
