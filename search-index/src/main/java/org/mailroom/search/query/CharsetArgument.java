/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.nio.charset.Charset;
import java.util.Optional;
import org.mailroom.search.charset.MailCharset;

/** The CHARSET argument before the keys of a command, once it is read, and what it means for the strings. For one text. */
final class CharsetArgument {
    static final String NAME = "CHARSET";

    private final boolean allowed;
    private StringDecoder decoder = new StringDecoder(Optional.empty());
    private Optional<BadCharsetException> unknown = Optional.empty();
    private boolean read;

    private CharsetArgument(boolean allowed) {
        this.allowed = allowed;
    }

    /** For a text that may have the argument. */
    static CharsetArgument allowed() {
        return new CharsetArgument(true);
    }

    /** For a text that is Unicode anyway. */
    static CharsetArgument refused() {
        return new CharsetArgument(false);
    }

    /** Takes in that {@code name} was named at {@code position}. */
    void read(String name, int position) throws SearchSyntaxException {
        if (!allowed || read) {
            throw new SearchSyntaxException(
                    allowed ? "a second CHARSET" : "CHARSET belongs to commands; this text is Unicode", position);
        }
        read = true;
        decoder = new StringDecoder(MailCharset.named(name));
        if (!MailCharset.isKnown(name)) {
            // Thrown when the keys are read: a literal in them must not be left over as the next command.
            unknown = Optional.of(new BadCharsetException(name, position));
        }
    }

    StringDecoder decoder() {
        return decoder;
    }

    /** The charset that was named and is known. */
    Optional<Charset> get() {
        return decoder.charset();
    }

    void requireKnown() throws BadCharsetException {
        if (unknown.isPresent()) {
            throw unknown.get();
        }
    }
}
