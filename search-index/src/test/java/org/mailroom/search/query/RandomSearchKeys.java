/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.StoreKey.ModSeqEntry;

/**
 * Draws search keys of every kind, in the form in which the parser builds them (an AND has two keys or more, a set is not
 * empty). The same seed draws the same keys.
 */
public final class RandomSearchKeys {
    private static final List<String> PIECES = List.of(
            "a",
            "invoice",
            "Büro",
            " ",
            "  ",
            "\"",
            "\\",
            "(",
            ")",
            "{3}",
            "*",
            "%",
            "]",
            "\r\n",
            "\t",
            "é",
            "日本",
            "😀",
            "שלום",
            "\u00a0",
            "NIL",
            "x@example.org",
            "<",
            "\0",
            "\u007f",
            "ſ",
            "ǆ",
            ",",
            "1:3",
            "$");

    private final Random random;
    private final Supplier<String> strings;
    private final boolean ofSessions;

    private RandomSearchKeys(Random random, Supplier<String> strings, boolean ofSessions) {
        this.random = random;
        this.strings = strings;
        this.ofSessions = ofSessions;
    }

    /** Keys of all kinds, with strings that are hard to write down. */
    public static RandomSearchKeys ofAllKinds(Random random) {
        return new RandomSearchKeys(random, () -> wildString(random), true);
    }

    /** Keys that do not speak of a session, with strings from {@code strings} (from mail, so that some match). */
    public static RandomSearchKeys withoutSession(Random random, Supplier<String> strings) {
        return new RandomSearchKeys(random, strings, false);
    }

    /** A key in which keys are nested at most {@code depth} deep. */
    public SearchKey next(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf();
        }
        return switch (random.nextInt(ofSessions ? 5 : 4)) {
            case 0, 1 -> new SearchKey.And(IntStream.range(0, 2 + random.nextInt(3))
                    .mapToObj(i -> next(depth - 1))
                    .toList());
            case 2 -> new SearchKey.Or(next(depth - 1), next(depth - 1));
            case 3 -> new SearchKey.Not(next(depth - 1));
            default -> new SearchKey.Fuzzy(next(depth - 1));
        };
    }

    /** A key that holds no other. */
    public SearchKey leaf() {
        return switch (random.nextInt(ofSessions ? 5 : 4)) {
            case 0 -> string();
            case 1 -> flag();
            case 2 -> date();
            case 3 -> figure();
            default -> session();
        };
    }

    private SearchKey string() {
        String value = strings.get();
        return switch (random.nextInt(8)) {
            case 0 -> new MailKey.Address(AddressField.BCC, value);
            case 1 -> new MailKey.Body(value);
            case 2 -> new MailKey.Address(AddressField.CC, value);
            case 3 -> new MailKey.Address(AddressField.FROM, value);
            case 4 -> new MailKey.Header(
                    oneOf("Message-ID", "received", "X-Spam", "DKIM-Signature", ofSessions ? value : "Date"), value);
            case 5 -> new MailKey.Subject(value);
            case 6 -> new MailKey.Text(value);
            default -> new MailKey.Address(AddressField.TO, value);
        };
    }

    private SearchKey flag() {
        String keyword = oneOf("$Forwarded", "NonJunk", "work", "$label1");
        return switch (random.nextInt(5)) {
            case 0, 1 -> new MailKey.FlagSet(oneOf(SystemFlag.values()));
            case 2 -> new MailKey.FlagUnset(oneOf(SystemFlag.values()));
            case 3 -> new MailKey.Keyword(keyword);
            default -> new MailKey.Unkeyword(keyword);
        };
    }

    private SearchKey date() {
        LocalDate date = LocalDate.of(1994 + random.nextInt(35), 1, 1).plusDays(random.nextInt(366));
        DateRelation relation = oneOf(DateRelation.values());
        return switch (random.nextInt(6)) {
            case 0 -> new MailKey.InternalDate(relation, date);
            case 1 -> new MailKey.SentDate(relation, date);
            case 2 -> new MailKey.SaveDate(relation, date);
            case 3 -> new MailKey.SaveDateSupported();
            case 4 -> new MailKey.Older(1 + number());
            default -> new MailKey.Younger(1 + number());
        };
    }

    private SearchKey figure() {
        return switch (random.nextInt(7)) {
            case 0 -> new SearchKey.All();
            case 1 -> new MailKey.Larger(number());
            case 2 -> new MailKey.Smaller(number());
            case 3 -> new StoreKey.ModSeq(number(), entry());
            case 4 -> new StoreKey.EmailId(ofSessions ? strings.get() : "M" + random.nextInt(100));
            case 5 -> new StoreKey.ThreadId(ofSessions ? strings.get() : "T" + random.nextInt(100));
            default -> new StoreKey.Uid(set());
        };
    }

    private SearchKey session() {
        return switch (random.nextInt(6)) {
            case 0 -> new SessionKey.Recent();
            case 1 -> new SessionKey.New();
            case 2 -> new SessionKey.Old();
            case 3 -> new SessionKey.SequenceSet(set());
            case 4 -> new SessionKey.SavedResult();
            default -> new SessionKey.UidSavedResult();
        };
    }

    private Optional<ModSeqEntry> entry() {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new ModSeqEntry(
                        oneOf("/flags/\\Seen", "/flags/$MDNSent", "/flags/a b"), oneOf(ModSeqEntry.Type.values())));
    }

    private NumberSet set() {
        return new NumberSet(IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> random.nextBoolean()
                        ? new NumberSet.Range(messageNumber(), messageNumber())
                        : single(messageNumber()))
                .toList());
    }

    private static NumberSet.Range single(long number) {
        return new NumberSet.Range(number, number);
    }

    private long messageNumber() {
        return ofSessions && random.nextInt(6) == 0 ? NumberSet.LARGEST : 1 + random.nextInt(300);
    }

    private long number() {
        return random.nextInt(10) == 0 ? random.nextLong() >>> 2 : random.nextInt(100_000);
    }

    private static String wildString(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
