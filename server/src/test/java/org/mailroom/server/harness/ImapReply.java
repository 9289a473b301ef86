/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the server said to one command.
 *
 * @param untagged the untagged responses in order, without their CRLF; literals stand in them as sent, bytes as ISO 8859-1
 * @param status the tagged response without its tag, such as "OK SEARCH completed."
 */
public record ImapReply(List<String> untagged, String status) {

    public boolean ok() {
        return status.toUpperCase(Locale.ROOT).startsWith("OK");
    }

    /** This reply, where the server said OK. */
    public ImapReply orFail() {
        if (!ok()) {
            throw new AssertionError("The server answered: " + status);
        }
        return this;
    }

    /** The numbers of the plain SEARCH response, in the order sent; empty where there is none. */
    public List<Long> found() {
        return untagged.stream()
                .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("* SEARCH"))
                .flatMap(line -> Stream.of(line.substring("* SEARCH".length())
                        .replaceAll("\\(.*", "")
                        .trim()
                        .split(" +")))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    /** The untagged responses that begin with "* " and this word. */
    public List<String> named(String word) {
        String start = "* " + word.toUpperCase(Locale.ROOT);
        return untagged.stream()
                .filter(line -> line.toUpperCase(Locale.ROOT).startsWith(start))
                .toList();
    }
}
