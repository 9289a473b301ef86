/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.mailbox.imap.command.ReturnOptions.Option;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.CommandInput;

/** Reads {@code RETURN (...)} of a command that searches (RFC 4466 section 2.6). Without state. */
final class ReturnOptionsParser {
    private static final String PARTIAL = "PARTIAL";
    private static final String CONTEXT = "CONTEXT";
    private static final String LIST = "the result options of RETURN";
    private static final long GREATEST = 0xFFFF_FFFFL;
    private static final String KNOWN = Stream.concat(
                    Stream.of(Option.values()).map(Option::name), Stream.of(PARTIAL, CONTEXT))
            .collect(Collectors.joining(", "));

    private ReturnOptionsParser() {}

    /**
     * Reads the options where the command has them, and stops behind their bracket.
     *
     * @return {@link ReturnOptions#PLAIN} where it has none
     * @throws BadCommandException where they are wrong
     */
    static ReturnOptions parse(CommandInput input) throws IOException, BadCommandException {
        input.skipBlanks();
        if (!input.skipWord("RETURN")) {
            return ReturnOptions.PLAIN;
        }
        input.openList("RETURN needs a list of result options in brackets");
        Set<Option> options = EnumSet.noneOf(Option.class);
        Optional<PartialRange> partial = Optional.empty();
        for (String word = input.wordOfList(LIST); !word.isEmpty(); word = input.wordOfList(LIST)) {
            if (word.equals(CONTEXT)) {
                // a hint that more such searches follow: they are fast as it is (RFC 5267 section 4.2)
                continue;
            }
            if (!word.equals(PARTIAL)) {
                options.add(option(word));
            } else if (partial.isPresent()) {
                throw new BadCommandException("PARTIAL stands in RETURN twice");
            } else {
                partial = Optional.of(range(input.wordOfList(LIST)));
            }
        }
        return options(options, partial);
    }

    private static ReturnOptions options(Set<Option> options, Optional<PartialRange> partial)
            throws BadCommandException {
        if (partial.isPresent() && options.contains(Option.ALL)) {
            throw new BadCommandException("PARTIAL and ALL exclude each other in RETURN");
        }
        if (partial.isEmpty() && options.isEmpty()) {
            return ReturnOptions.of(Option.ALL);
        }
        return new ReturnOptions(options, partial);
    }

    private static Option option(String word) throws BadCommandException {
        return Stream.of(Option.values())
                .filter(option -> option.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadCommandException(
                        "RETURN does not know the result option " + word + "; it knows " + KNOWN));
    }

    private static PartialRange range(String word) throws BadCommandException {
        int colon = word.indexOf(':');
        if (colon > 0) {
            String first = word.substring(0, colon);
            String last = word.substring(colon + 1);
            boolean fromEnd = first.startsWith("-");
            if (fromEnd && last.startsWith("-")) {
                return new PartialRange(position(first.substring(1)), position(last.substring(1)), true);
            }
            if (!fromEnd) {
                return new PartialRange(position(first), position(last), false);
            }
        }
        throw new BadCommandException("PARTIAL needs a range as 1:100 or -1:-100");
    }

    private static long position(String digits) throws BadCommandException {
        if (digits.matches("[0-9]{1,10}")) {
            long position = Long.parseLong(digits);
            if (position >= 1 && position <= GREATEST) {
                return position;
            }
        }
        throw new BadCommandException("the range of PARTIAL needs numbers from 1 to " + GREATEST);
    }
}
