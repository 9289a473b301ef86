/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.SortKey.Field;

/** Reads the sort criteria of a SORT command (RFC 5256 section 5, RFC 5957 section 4, RFC 6203 section 6). Without state. */
final class SortKeysParser {
    /** Each key can be of use once: there are ten of them. */
    private static final int MAX_KEYS = 100;

    private static final String REVERSE = "REVERSE";
    private static final String KNOWN =
            Stream.of(Field.values()).map(Field::name).collect(Collectors.joining(", "));

    private SortKeysParser() {}

    /**
     * Reads the keys and stops behind their bracket.
     *
     * @return at least one key
     * @throws BadCommandException where they are wrong
     */
    static List<SortKey> parse(CommandInput input) throws IOException, BadCommandException {
        input.openList("SORT needs a list of sort keys in brackets, as (REVERSE DATE)");
        List<SortKey> keys = new ArrayList<>();
        for (String word = word(input); !word.isEmpty(); word = word(input)) {
            boolean reverse = word.equals(REVERSE);
            keys.add(new SortKey(field(reverse ? word(input) : word), reverse));
            if (keys.size() > MAX_KEYS) {
                throw new BadCommandException("SORT has more than " + MAX_KEYS + " sort keys");
            }
        }
        if (keys.isEmpty()) {
            throw new BadCommandException("SORT needs at least one sort key");
        }
        return keys;
    }

    private static String word(CommandInput input) throws IOException, BadCommandException {
        return input.wordOfList("the sort keys of SORT");
    }

    private static Field field(String word) throws BadCommandException {
        if (word.isEmpty() || word.equals(REVERSE)) {
            throw new BadCommandException("REVERSE needs a sort key behind it");
        }
        return Stream.of(Field.values())
                .filter(field -> field.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadCommandException("SORT does not know the sort key " + word + "; it knows "
                        + KNOWN + " and REVERSE before them"));
    }
}
