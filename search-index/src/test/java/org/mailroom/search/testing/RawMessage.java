/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message as it came.
 *
 * @param name where it comes from, to find it again
 * @param octets not to be changed
 */
public record RawMessage(String name, byte[] octets) {

    /** A message whose lines are ended by CRLF, in UTF-8. */
    public static RawMessage ofLines(String... lines) {
        return new RawMessage("test", (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public InputStream stream() {
        return new ByteArrayInputStream(octets);
    }

    @Override
    public String toString() {
        return name;
    }
}
