/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.mailroom.search.text.HeaderDecoder;

/**
 * The first address in a From, To or Cc field, as ENVELOPE gives it (RFC 3501 section 7.4.2): of a group, its beginning,
 * whose mailbox is the group's name. What is missing is empty.
 *
 * @param name decoded
 * @param mailbox the part before the {@code @}
 */
record FirstAddress(String name, String mailbox, String host) {
    static final FirstAddress NONE = new FirstAddress("", "", "");

    private static final BitSet COMMA = comma();

    /** An encoded word must not be taken for address syntax or decoded before the address is read. */
    private static final String WORD = "=?";

    private static final String HIDDEN_WORD = "=\u0001?";

    /** @param value unfolded, its encoded words not decoded */
    static FirstAddress of(String value) {
        // the parser takes each octet for a character
        ByteSequence octets =
                ContentUtil.encode(StandardCharsets.UTF_8, unescaped(value).replace(WORD, HIDDEN_WORD));
        ParserCursor cursor = new ParserCursor(0, octets.length());
        while (!cursor.atEnd()) {
            if (octets.byteAt(cursor.getPos()) == ',') {
                cursor.updatePos(cursor.getPos() + 1);
            } else {
                Address address = LenientAddressParser.DEFAULT.parseAddress(octets, cursor, COMMA);
                if (address instanceof Mailbox mailbox) {
                    return of(mailbox);
                }
                if (address instanceof Group group) {
                    return new FirstAddress("", decoded(group.getName()), "");
                }
            }
        }
        return NONE;
    }

    /** In quoted strings the parser knows no other escapes than those of quotes and backslashes. */
    private static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder unescaped = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = quoted && c == '\\' && i + 1 < value.length();
            quoted ^= c == '"';
            if (!escape) {
                unescaped.append(c);
            } else {
                i++;
                char escaped = value.charAt(i);
                unescaped.append(escaped == '"' || escaped == '\\' ? "\\" : "").append(escaped);
            }
        }
        return unescaped.toString();
    }

    private static FirstAddress of(Mailbox mailbox) {
        String name = decoded(mailbox.getName());
        String host = text(mailbox.getDomain());
        // of words without an address the parser makes a mailbox, which then may have encoded words
        String local = host.isEmpty() ? decoded(mailbox.getLocalPart()) : text(mailbox.getLocalPart());
        return new FirstAddress(name, local, host);
    }

    /** By what DISPLAYFROM and DISPLAYTO sort (RFC 5957 section 3). */
    String display() {
        if (!name.isEmpty()) {
            return name;
        }
        return mailbox.isEmpty() || host.isEmpty() ? mailbox : mailbox + '@' + host;
    }

    private static String decoded(String parsed) {
        return HeaderDecoder.decode(text(parsed));
    }

    private static String text(String parsed) {
        return Optional.ofNullable(parsed)
                .map(octets -> new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .map(text -> text.replace(HIDDEN_WORD, WORD).strip())
                .orElse("");
    }

    private static BitSet comma() {
        BitSet comma = new BitSet();
        comma.set(',');
        return comma;
    }
}
