/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.mailroom.search.text.HeaderDecoder;

/**
 * The first address of a field, as ENVELOPE (RFC 3501) would give it.
 *
 * @param mailbox its local part; a group's name, since ENVELOPE gives a group's beginning as an address
 * @param display its display name, decoded; else the address
 */
record FirstAddress(String mailbox, String display) {
    private static final FirstAddress NONE = new FirstAddress("", "");
    private static final BitSet COMMA = new BitSet();

    static {
        COMMA.set(',');
    }

    /** In a field that is unfolded and not decoded. Never fails. */
    static FirstAddress in(String field) {
        byte[] octets = field.getBytes(StandardCharsets.UTF_8);
        ByteArrayBuffer buffer = new ByteArrayBuffer(octets, true);
        ParserCursor cursor = new ParserCursor(0, octets.length);
        while (!cursor.atEnd()) {
            Address address = LenientAddressParser.DEFAULT.parseAddress(buffer, cursor, COMMA);
            FirstAddress found = of(address);
            if (!found.mailbox.isEmpty() || !found.display.isEmpty()) {
                return found;
            }
            if (!cursor.atEnd()) {
                cursor.updatePos(cursor.getPos() + 1);
            }
        }
        return NONE;
    }

    private static FirstAddress of(Address address) {
        if (address instanceof Group group) {
            String name = HeaderDecoder.decode(group.getName());
            return new FirstAddress(name, name);
        }
        if (address instanceof Mailbox mailbox) {
            String local = text(mailbox.getLocalPart());
            String domain = text(mailbox.getDomain());
            String name = HeaderDecoder.decode(text(mailbox.getName()));
            return new FirstAddress(local, name.isBlank() ? domain.isEmpty() ? local : local + '@' + domain : name);
        }
        return NONE;
    }

    private static String text(String nullable) {
        return nullable == null ? "" : nullable;
    }
}
