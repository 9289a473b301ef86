/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An address as ENVELOPE gives it (RFC 3501 section 7.4.2): its encoded words, quoted pairs and comments resolved. Of a
 * group there is its beginning, whose mailbox is the group's name, and then each of its addresses. What is missing is
 * empty. Immutable.
 *
 * @param name the display name, or the comment that stands behind an address instead of one
 * @param mailbox the part before the {@code @}
 */
public record EnvelopeAddress(String name, String mailbox, String host) {

    /** What a field without an address has for its first one. */
    public static final EnvelopeAddress NONE = new EnvelopeAddress("", "", "");

    /** The header fields whose addresses are searched for, in lower case. */
    private static final Set<String> FIELDS = Set.of("from", "to", "cc", "bcc");

    public EnvelopeAddress {
        Objects.requireNonNull(name);
        Objects.requireNonNull(mailbox);
        Objects.requireNonNull(host);
    }

    /**
     * The first address of a field.
     *
     * @param value unfolded, its encoded words not decoded
     */
    public static EnvelopeAddress first(String value) {
        return new AddressScanner(value)
                .next()
                .map(AddressScanner.Found::address)
                .orElse(NONE);
    }

    /**
     * In what forms the addresses of a field are found besides its decoded value: {@code name <mailbox@host>}, and the
     * same with the host in Unicode where it is an internationalised one (RFC 3490). Those that stand in the decoded value
     * as they are, as most do, are left out. Takes time in proportion to the length of the value.
     *
     * @param field the name of the field; of other fields than From, To, Cc and Bcc nobody searches the addresses
     * @param value unfolded, its encoded words not decoded
     */
    static List<String> searchableForms(String field, String value) {
        if (!FIELDS.contains(HeaderField.foldName(field))) {
            return List.of();
        }
        List<String> forms = new ArrayList<>();
        AddressScanner scanner = new AddressScanner(value);
        for (Optional<AddressScanner.Found> found = scanner.next(); found.isPresent(); found = scanner.next()) {
            EnvelopeAddress address = found.get().address();
            String form = address.form(address.host);
            if (!form.isEmpty()
                    && !standsIn(HeaderDecoder.decodeWords(found.get().written()), form)) {
                forms.add(form);
            }
            UnicodeHost.of(address.host).ifPresent(host -> forms.add(address.form(host)));
        }
        return List.copyOf(forms);
    }

    private String form(String writtenHost) {
        String address = writtenHost.isEmpty() ? mailbox : mailbox + '@' + writtenHost;
        return name.isEmpty() ? address : name + " <" + address + '>';
    }

    /**
     * Whether {@code form} is {@code written} or stands at one of its ends, looked at without a search, which would cost
     * the product of their lengths at worst.
     */
    private static boolean standsIn(String written, String form) {
        int from = written.startsWith("<") ? 1 : 0;
        boolean begins = written.startsWith(form, from)
                && (from + form.length() == written.length() || written.charAt(from + form.length()) < 0x80);
        int rest = written.length() - form.length();
        boolean ends = rest > 0 && written.charAt(rest - 1) < 0x80 && written.endsWith(form);
        return begins || ends;
    }

    /** By what DISPLAYFROM and DISPLAYTO sort (RFC 5957 section 3): the name, or the address where that is blank. */
    public String display() {
        if (!Casemap.keepingAccents().normaliseQuery(name).isEmpty()) {
            return name;
        }
        return mailbox.isEmpty() || host.isEmpty() ? mailbox : mailbox + '@' + host;
    }
}
