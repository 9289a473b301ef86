/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.HeaderField;

/** Random search keys whose strings are pieces of given mail. */
final class KeysFromMail {
    private static final List<String> KEYWORDS =
            List.of("$forwarded", "$hasattachment", "$junk", "work", "\u00fcber", "$hasnoattachment", "work at home");
    private static final List<String> SIGNATURES = List.of("DKIM-Signature", "ARC-Seal", "X-Gm-Message-State");
    private static final Instant EPOCH = Instant.parse("2020-02-27T22:00:00Z");

    private final Random random;
    private final List<? extends MessageView> mail;

    KeysFromMail(Random random, List<? extends MessageView> mail) {
        this.random = random;
        this.mail = mail;
    }

    static MessageMetadata metadata(Random random, long uid, long size) {
        EnumSet<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
        for (SystemFlag flag : SystemFlag.values()) {
            if (random.nextInt(3) == 0) {
                system.add(flag);
            }
        }
        Set<String> keywords = random.nextBoolean()
                ? Set.of()
                : Set.copyOf(KEYWORDS.subList(random.nextInt(KEYWORDS.size()), KEYWORDS.size()));
        return new MessageMetadata(
                uid,
                1 + random.nextInt(10_000),
                EPOCH.plus(Duration.ofMinutes(random.nextInt(20_000))),
                random.nextInt(3) == 0
                        ? Optional.empty()
                        : Optional.of(EPOCH.plus(Duration.ofMinutes(random.nextInt(20_000)))),
                size,
                new Flags(system, keywords),
                "M" + uid,
                "T" + random.nextInt(50));
    }

    SearchKey next() {
        return key(random.nextInt(3));
    }

    private SearchKey key(int depth) {
        if (depth == 0) {
            return random.nextInt(4) > 0 ? text() : fact();
        }
        return switch (random.nextInt(6)) {
            case 0 -> new SearchKey.Not(key(depth - 1));
            case 1 -> new SearchKey.Or(key(depth - 1), key(depth - 1));
            case 2, 3 -> new SearchKey.And(List.of(key(depth - 1), key(depth - 1), fact()));
            case 4 -> new SearchKey.And(List.of(text(), new MailKey.FlagUnset(SystemFlag.DELETED)));
            default -> key(depth - 1);
        };
    }

    /** A key on text. */
    SearchKey text() {
        MessageView message = any(mail);
        return switch (random.nextInt(10)) {
            case 0 -> new MailKey.Subject(pieceOf(message, "subject"));
            case 1 -> new MailKey.Address(AddressField.FROM, pieceOf(message, "from"));
            case 2 -> new MailKey.Address(AddressField.TO, pieceOf(message, "to"));
            case 3 -> new MailKey.Address(AddressField.CC, pieceOf(message, "cc"));
            case 4 -> header(message);
            case 5, 6 -> new MailKey.Text(pieceOfAny(message));
            default -> new MailKey.Body(piece(texts(message)));
        };
    }

    private SearchKey header(MessageView message) {
        if (random.nextInt(8) == 0) {
            String name = any(SIGNATURES);
            return new MailKey.Header(name, pieceOf(message, name));
        }
        if (message.text().header().isEmpty()) {
            return new MailKey.Address(AddressField.BCC, "");
        }
        HeaderField field = any(message.text().header());
        HeaderField other = any(message.text().header());
        return new MailKey.Header(
                random.nextBoolean() ? field.name() : field.name().toUpperCase(java.util.Locale.ROOT),
                random.nextInt(6) == 0 ? "" : piece(List.of(random.nextInt(5) == 0 ? other.value() : field.value())));
    }

    private SearchKey fact() {
        LocalDate date = LocalDate.ofInstant(EPOCH, ZoneOffset.UTC).plusDays(random.nextInt(16));
        DateRelation relation = any(List.of(DateRelation.values()));
        return switch (random.nextInt(15)) {
            case 0 -> new MailKey.InternalDate(relation, date);
            case 1 -> new MailKey.SaveDate(relation, date);
            case 2 -> new MailKey.SentDate(relation, any(mail).text().sentDate().orElse(date));
            case 3 -> new MailKey.Larger(random.nextInt(12_000));
            case 4 -> new MailKey.Smaller(random.nextInt(12_000));
            case 5 -> new MailKey.Keyword(any(KEYWORDS));
            case 6 -> new MailKey.Unkeyword(any(KEYWORDS).toUpperCase(java.util.Locale.ROOT));
            case 7 -> new MailKey.FlagSet(any(List.of(SystemFlag.values())));
            case 8 -> new StoreKey.Uid(new NumberSet(List.of(range(), range(), range())));
            case 9 -> new StoreKey.ModSeq(1 + random.nextInt(10_000), Optional.empty());
            case 10 -> new StoreKey.EmailId("M" + (1 + random.nextInt(mail.size())));
            case 11 -> new StoreKey.ThreadId("T" + random.nextInt(50));
            case 12 -> new MailKey.SaveDateSupported();
            case 13 -> random.nextBoolean() ? new MailKey.Older(seconds()) : new MailKey.Younger(seconds());
            default -> new MailKey.FlagUnset(any(List.of(SystemFlag.values())));
        };
    }

    private long seconds() {
        return Duration.between(EPOCH, Instant.now()).toSeconds() - random.nextInt(20_000 * 60);
    }

    private NumberSet.Range range() {
        return new NumberSet.Range(1 + random.nextInt(mail.size()), 1 + random.nextInt(mail.size()));
    }

    private String pieceOf(MessageView message, String field) {
        List<String> values = new ArrayList<>(message.text().values(field));
        message.text().header().stream()
                .filter(other -> HeaderField.foldName(other.name()).equals(field))
                .forEach(other -> values.addAll(other.addresses()));
        return values.isEmpty() ? pieceOfAny(message) : piece(values);
    }

    private String pieceOfAny(MessageView message) {
        List<String> texts = new ArrayList<>(texts(message));
        message.text().header().forEach(field -> texts.add(field.value()));
        return piece(texts);
    }

    private static List<String> texts(MessageView message) {
        return message.text().body();
    }

    /** A piece of one of the texts, from one character to some words, wherever it begins and ends. */
    private String piece(List<String> texts) {
        String text = texts.isEmpty() ? "" : any(texts);
        if (text.isEmpty()) {
            return "zq" + random.nextInt(100);
        }
        int length =
                switch (random.nextInt(6)) {
                    case 0 -> 1;
                    case 1 -> 2;
                    case 2 -> 3;
                    case 3 -> 4 + random.nextInt(4);
                    case 4 -> 8 + random.nextInt(12);
                    default -> 20 + random.nextInt(60);
                };
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + length);
        // pieces end between characters, as what people type does
        if (Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to++;
        }
        String piece = text.substring(from, to);
        return random.nextInt(10) == 0 ? altered(piece) : piece;
    }

    /** Nearly the piece: what is nearly there must not be found. */
    private String altered(String piece) {
        int at = random.nextInt(piece.length());
        return switch (random.nextInt(4)) {
            case 0 -> piece.substring(0, at) + ' ' + piece.substring(at);
            case 1 -> piece.replace(' ', '.');
            case 2 -> piece.toUpperCase(java.util.Locale.ROOT);
            default -> new StringBuilder(piece).reverse().toString();
        };
    }

    private <T> T any(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
