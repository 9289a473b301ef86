/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.mailroom.search.query.AttachmentKeyword;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyVisitor;
import org.mailroom.search.query.SessionKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.query.UidRanges;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.SignatureFields;

/** Defines what each kind of search key means. Stateless but for its settings. */
final class Conditions implements SearchKeyVisitor<Condition> {
    private final SignatureFields signatures;
    private final Casemap casemap;

    Conditions(SignatureFields signatures, Casemap casemap) {
        this.signatures = signatures;
        this.casemap = casemap;
    }

    // Logic

    @Override
    public Condition all(SearchKey.All key) {
        return Condition.onMetadata(metadata -> true);
    }

    @Override
    public Condition and(SearchKey.And key) {
        return Condition.all(
                key.keys().stream().map(operand -> operand.accept(this)).toList());
    }

    @Override
    public Condition or(SearchKey.Or key) {
        return Condition.any(key.alternatives().stream()
                .map(alternative -> alternative.accept(this))
                .toList());
    }

    @Override
    public Condition not(SearchKey.Not key) {
        return key.key().accept(this).negated();
    }

    @Override
    public Condition fuzzy(SearchKey.Fuzzy key) {
        return key.key().accept(this);
    }

    // Strings

    @Override
    public Condition subject(MailKey.Subject key) {
        return headerField(key, "Subject", key.value());
    }

    @Override
    public Condition header(MailKey.Header key) {
        return headerField(key, key.name(), key.value());
    }

    private Condition headerField(SearchKey key, String name, String value) {
        String folded = HeaderField.foldName(name);
        StringMatcher needle = new StringMatcher(value, casemap);
        return Condition.onText(
                key,
                message -> message.header().stream()
                                .anyMatch(field -> field.name().equals(folded) && field.contains(needle))
                        ? Answer.YES
                        : message.notInHeader());
    }

    @Override
    public Condition address(MailKey.Address key) {
        String folded = HeaderField.foldName(key.field().fieldName());
        StringMatcher needle = new StringMatcher(key.value(), casemap);
        return Condition.onText(
                key,
                message -> message.header().stream()
                                .anyMatch(field -> field.name().equals(folded) && field.containsInAddresses(needle))
                        ? Answer.YES
                        : message.notInHeader());
    }

    @Override
    public Condition body(MailKey.Body key) {
        StringMatcher needle = new StringMatcher(key.value(), casemap);
        return needle.isEmpty() ? all(new SearchKey.All()) : Condition.onText(key, message -> inBody(message, needle));
    }

    @Override
    public Condition text(MailKey.Text key) {
        StringMatcher needle = new StringMatcher(key.value(), casemap);
        return needle.isEmpty()
                ? all(new SearchKey.All())
                : Condition.onText(key, message -> {
                    Answer answer = inHeader(message, needle);
                    return answer == Answer.YES ? answer : answer.or(inBody(message, needle));
                });
    }

    private Answer inHeader(NormalisedText message, StringMatcher needle) {
        return message.header().stream().anyMatch(field -> !signatures.contains(field.name()) && field.contains(needle))
                ? Answer.YES
                : message.notInHeader();
    }

    private Answer inBody(NormalisedText message, StringMatcher needle) {
        return message.body(casemap).stream().anyMatch(needle::isIn) ? Answer.YES : message.notInBody();
    }

    // Flags

    @Override
    public Condition flagSet(MailKey.FlagSet key) {
        return Condition.onMetadata(metadata -> metadata.flags().system().contains(key.flag()));
    }

    @Override
    public Condition flagUnset(MailKey.FlagUnset key) {
        return flagSet(new MailKey.FlagSet(key.flag())).negated();
    }

    @Override
    public Condition keyword(MailKey.Keyword key) {
        String folded = MailKey.foldKeyword(key.keyword());
        Condition set =
                Condition.onMetadata(metadata -> metadata.flags().keywords().contains(folded));
        return AttachmentKeyword.of(folded)
                .map(attachment -> Condition.any(List.of(
                        set,
                        Condition.onText(
                                key,
                                message -> Answer.of(
                                        attachment.holds(message.text().hasAttachment()))))))
                .orElse(set);
    }

    @Override
    public Condition unkeyword(MailKey.Unkeyword key) {
        return keyword(new MailKey.Keyword(key.keyword())).negated();
    }

    // Dates

    @Override
    public Condition internalDate(MailKey.InternalDate key) {
        return Condition.onMetadata(metadata -> key.relation().holds(day(metadata.internalDate()), key.date()));
    }

    @Override
    public Condition sentDate(MailKey.SentDate key) {
        return Condition.onText(key, message -> message.text()
                .sentDate()
                .map(sent -> Answer.of(key.relation().holds(sent, key.date())))
                .orElseGet(message::notInHeader));
    }

    @Override
    public Condition saveDate(MailKey.SaveDate key) {
        return Condition.onMetadata(metadata -> {
            Instant saved = metadata.saveDate().orElse(metadata.internalDate());
            return key.relation().holds(day(saved), key.date());
        });
    }

    @Override
    public Condition saveDateSupported(MailKey.SaveDateSupported key) {
        return Condition.onMetadata(metadata -> metadata.saveDate().isPresent());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public Condition older(MailKey.Older key) {
        return new Condition(false, (message, now) -> Answer.of(key.holds(age(message.metadata(), now))));
    }

    @Override
    public Condition younger(MailKey.Younger key) {
        return new Condition(false, (message, now) -> Answer.of(key.holds(age(message.metadata(), now))));
    }

    /** In milliseconds, as stores keep dates. */
    private static Duration age(MessageMetadata metadata, Instant now) {
        return Duration.ofMillis(now.toEpochMilli() - metadata.internalDate().toEpochMilli());
    }

    // Numbers

    @Override
    public Condition larger(MailKey.Larger key) {
        return Condition.onMetadata(metadata -> metadata.size() > key.octets());
    }

    @Override
    public Condition smaller(MailKey.Smaller key) {
        return Condition.onMetadata(metadata -> metadata.size() < key.octets());
    }

    @Override
    public Condition uid(StoreKey.Uid key) {
        UidRanges uids = UidRanges.of(key.set());
        return Condition.onMetadata(metadata -> uids.contains(metadata.uid()));
    }

    @Override
    public Condition modSeq(StoreKey.ModSeq key) {
        return Condition.onMetadata(metadata -> metadata.modSeq() >= key.value());
    }

    @Override
    public Condition emailId(StoreKey.EmailId key) {
        return Condition.onMetadata(metadata -> metadata.emailId().equals(key.id()));
    }

    @Override
    public Condition threadId(StoreKey.ThreadId key) {
        return Condition.onMetadata(metadata -> metadata.threadId().equals(key.id()));
    }

    // What a session must have resolved

    @Override
    public Condition session(SessionKey key) {
        throw new IllegalArgumentException(key + " depends on a session: resolve it to uids first");
    }
}
