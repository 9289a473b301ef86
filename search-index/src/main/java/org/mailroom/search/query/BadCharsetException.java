/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;

/**
 * The client named a CHARSET that this server does not know: to be answered with NO and the BADCHARSET code (RFC 9051
 * section 7.1). The keys were read to their end all the same.
 */
public final class BadCharsetException extends SearchSyntaxException {
    private static final long serialVersionUID = 1;

    BadCharsetException(String name, int position) {
        super("unknown charset " + ImapLexer.show(name), position);
    }

    /** The names to list in the BADCHARSET code: the registered charsets that are supported, UTF-8 first. */
    public static List<String> supported() {
        List<String> registered = Charset.availableCharsets().values().stream()
                .filter(Charset::isRegistered)
                .map(Charset::name)
                .filter(name -> !name.equals("UTF-8"))
                .toList();
        return Stream.concat(Stream.of("UTF-8"), registered.stream()).toList();
    }
}
