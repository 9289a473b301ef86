/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;

/**
 * Matches a search key against messages, one by one and without an index: the definition of which
 * messages a key matches. Immutable and thread-safe.
 *
 * <p>A string matches where its normalised form ({@link org.mailroom.search.text.Casemap}) is a substring of the
 * normalised form of one header field or of one text of the body; for FROM, TO, CC and BCC also of a form of one of the
 * field's addresses ({@link org.mailroom.search.text.HeaderField#addresses}). The empty string matches wherever the field exists;
 * in the body and in TEXT, everywhere. FUZZY matches what its key does.
 *
 * <p>Where text is past a limit ({@link org.mailroom.search.text.Completeness}), a string that is found in the text
 * that is there matches, and of one that is not nobody can tell: a message whose match depends on that is refused.
 *
 * <p>Keys are taken as deep as the parser makes them; longer ones overflow the stack.
 */
public final class MessageMatch {
    private final Condition condition;

    private MessageMatch(Condition condition) {
        this.condition = condition;
    }

    /** As {@link #of(SearchKey, SignatureFields, Casemap)} with the default signature fields, accents kept. */
    public static MessageMatch of(SearchKey key) {
        return of(key, SignatureFields.DEFAULT, Casemap.keepingAccents());
    }

    /**
     * Makes {@code key} ready.
     *
     * @param key without keys that speak of a session: see {@link org.mailroom.search.query.SessionKeys}
     * @param signatures the header fields at which TEXT does not look
     * @param casemap how strings are compared
     * @throws IllegalArgumentException for a key that depends on a session
     */
    public static MessageMatch of(SearchKey key, SignatureFields signatures, Casemap casemap) {
        return new MessageMatch(key.accept(new Conditions(signatures, casemap)));
    }

    /**
     * Whether the key matches {@code message}. Its text is not asked for where its metadata decide.
     *
     * @param now the time from which OLDER and YOUNGER count
     * @throws TextLimitException where that depends on text that is past a limit
     */
    public boolean matches(MessageView message, Instant now) {
        return matches(new NormalisedText(message), now);
    }

    /** As {@link #matches(MessageView, Instant)}, for a message that several keys look at. */
    public boolean matches(NormalisedText message, Instant now) {
        return switch (condition.of(message, now)) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> throw message.pastLimit();
        };
    }
}
