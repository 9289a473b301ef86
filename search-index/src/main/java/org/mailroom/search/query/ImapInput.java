/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.io.IOException;

/**
 * Where the octets of a command come from: a connection, or a text that is all there. One octet of look-ahead. For the
 * use of one parser at a time.
 *
 * <p>Whatever a method throws besides what it declares passes through the parser, so that a source may interrupt a
 * command of which not everything has arrived, and start again from its first octet.
 */
public interface ImapInput {

    /** What {@link #peek} answers where there are no more octets. */
    int END = -1;

    /** The next octet, 0 to 255, without going past it; {@link #END} after the last. */
    int peek() throws IOException;

    /** Goes past the octet that {@link #peek} has shown last. */
    void consume() throws IOException;

    /**
     * Reads the {@code octets} octets of a literal (RFC 3501 section 4.3, RFC 7888). Its announcement, line end and all,
     * has been consumed, and nothing after that has been looked at.
     *
     * @param octets how many; the parser has checked it against its limits
     * @param synchronizing whether the client waits for a continuation request ({@code {n}} and not {@code {n+}}), which
     *     the input then sends first
     * @return exactly {@code octets} octets
     * @throws IOException where there are fewer
     */
    byte[] literal(int octets, boolean synchronizing) throws IOException;
}
