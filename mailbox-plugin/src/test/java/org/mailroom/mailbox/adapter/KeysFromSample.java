/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.text.HeaderField;

/** Random search keys whose strings are pieces of given mail. The same seed draws the same keys. */
final class KeysFromSample {
    private final Random random;
    private final List<ComparedMessage> mail;

    KeysFromSample(Random random, List<ComparedMessage> mail) {
        this.random = random;
        this.mail = mail;
    }

    SearchKey tree(int depth) {
        if (depth == 0) {
            return leaf();
        }
        return switch (random.nextInt(4)) {
            case 0 -> new SearchKey.Not(tree(depth - 1));
            case 1 -> new SearchKey.Or(tree(depth - 1), tree(depth - 1));
            case 2 -> new SearchKey.And(List.of(tree(depth - 1), tree(depth - 1)));
            default -> leaf();
        };
    }

    SearchKey leaf() {
        return random.nextInt(3) > 0 ? string() : fact();
    }

    private SearchKey string() {
        ComparedMessage message = any(mail);
        List<String> all = new ArrayList<>(message.text().body());
        message.text().header().forEach(field -> all.add(field.value()));
        return switch (random.nextInt(9)) {
            case 0 -> new MailKey.Subject(piece(message.text().values("Subject")));
            case 1 -> new MailKey.Address(
                    AddressField.FROM, piece(message.text().values("From")));
            case 2 -> new MailKey.Address(AddressField.TO, piece(message.text().values("To")));
            case 3 -> new MailKey.Address(AddressField.CC, piece(message.text().values("Cc")));
            case 4, 5 -> {
                List<HeaderField> header = message.text().header();
                HeaderField field = header.isEmpty() ? new HeaderField("", "office") : any(header);
                String name = field.name().isBlank() ? "Subject" : field.name();
                yield new MailKey.Header(name, random.nextInt(6) == 0 ? "" : piece(List.of(field.value())));
            }
            case 6 -> new MailKey.Text(piece(all));
            default -> new MailKey.Body(piece(message.text().body()));
        };
    }

    private SearchKey fact() {
        LocalDate date = LocalDate.ofInstant(ScannedMail.FIRST, ZoneOffset.UTC).plusDays(random.nextInt(13));
        DateRelation relation = any(List.of(DateRelation.values()));
        SystemFlag flag = any(List.of(SystemFlag.values()));
        return switch (random.nextInt(13)) {
            case 0 -> new MailKey.InternalDate(relation, date);
            case 1, 2, 3 -> new MailKey.SentDate(
                    relation, any(mail).text().sentDate().orElse(date));
            case 4 -> new MailKey.SaveDate(relation, LocalDate.now(ZoneOffset.UTC));
            case 5 -> new MailKey.Larger(random.nextInt(4_000));
            case 6 -> new MailKey.Smaller(random.nextInt(4_000));
            case 7 -> random.nextBoolean() ? new MailKey.Keyword("$FORWARDED") : new MailKey.Unkeyword("$forwarded");
            case 8 -> new StoreKey.ModSeq(1 + random.nextInt(mail.size()), Optional.empty());
            case 9 -> random.nextBoolean() ? new MailKey.FlagSet(flag) : new MailKey.FlagUnset(flag);
            case 10 -> new MailKey.Older(age());
            case 11 -> new MailKey.Younger(age());
            default -> new StoreKey.Uid(new NumberSet(List.of(range(), range())).merged());
        };
    }

    /** Often exactly the age of a message. */
    private long age() {
        return Duration.between(any(mail).metadata().internalDate(), ScannedMail.FIRST.plus(Duration.ofDays(12)))
                .toSeconds();
    }

    private NumberSet.Range range() {
        return new NumberSet.Range(1 + random.nextInt(mail.size()), 1 + random.nextInt(mail.size()));
    }

    /** From one character to some words, between characters. */
    private String piece(List<String> texts) {
        String text = texts.isEmpty() ? "office" : any(texts);
        if (text.isBlank()) {
            return "office";
        }
        int count = text.codePointCount(0, text.length());
        int from = random.nextInt(count);
        int to = Math.min(count, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 25));
        String piece = text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
        return piece.isBlank() ? "office" : piece;
    }

    private <T> T any(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
