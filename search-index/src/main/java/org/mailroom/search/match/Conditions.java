/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.mailroom.search.query.AttachmentKeyword;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyVisitor;
import org.mailroom.search.query.UidRanges;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.SignatureFields;

/** What each kind of search key means. Stateless but for its settings. */
final class Conditions implements SearchKeyVisitor<Condition> {
    private final SignatureFields signatures;

    Conditions(SignatureFields signatures) {
        this.signatures = signatures;
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
    public Condition bcc(SearchKey.Bcc key) {
        return headerField("Bcc", key.value());
    }

    @Override
    public Condition cc(SearchKey.Cc key) {
        return headerField("Cc", key.value());
    }

    @Override
    public Condition from(SearchKey.From key) {
        return headerField("From", key.value());
    }

    @Override
    public Condition subject(SearchKey.Subject key) {
        return headerField("Subject", key.value());
    }

    @Override
    public Condition to(SearchKey.To key) {
        return headerField("To", key.value());
    }

    @Override
    public Condition header(SearchKey.Header key) {
        return headerField(key.name(), key.value());
    }

    private static Condition headerField(String name, String value) {
        String folded = HeaderField.foldName(name);
        String needle = Casemap.normaliseQuery(value);
        return Condition.onText(message ->
                message.header().stream().anyMatch(field -> field.name().equals(folded) && field.contains(needle)));
    }

    @Override
    public Condition body(SearchKey.Body key) {
        String needle = Casemap.normaliseQuery(key.value());
        return needle.isEmpty() ? all(new SearchKey.All()) : Condition.onText(message -> inBody(message, needle));
    }

    @Override
    public Condition text(SearchKey.Text key) {
        String needle = Casemap.normaliseQuery(key.value());
        return needle.isEmpty()
                ? all(new SearchKey.All())
                : Condition.onText(message -> inHeader(message, needle) || inBody(message, needle));
    }

    private boolean inHeader(NormalisedText message, String needle) {
        return message.header().stream()
                .anyMatch(field -> !signatures.contains(field.name()) && field.contains(needle));
    }

    private static boolean inBody(NormalisedText message, String needle) {
        return message.body().stream().anyMatch(text -> text.contains(needle));
    }

    // Flags

    @Override
    public Condition flagSet(SearchKey.FlagSet key) {
        return Condition.onMetadata(metadata -> metadata.flags().system().contains(key.flag()));
    }

    @Override
    public Condition flagUnset(SearchKey.FlagUnset key) {
        return flagSet(new SearchKey.FlagSet(key.flag())).negated();
    }

    @Override
    public Condition keyword(SearchKey.Keyword key) {
        String folded = SearchKey.foldKeyword(key.keyword());
        Condition set =
                Condition.onMetadata(metadata -> metadata.flags().keywords().contains(folded));
        return AttachmentKeyword.of(folded)
                .map(attachment -> Condition.any(List.of(
                        set,
                        Condition.onText(
                                message -> attachment.holds(message.text().hasAttachment())))))
                .orElse(set);
    }

    @Override
    public Condition unkeyword(SearchKey.Unkeyword key) {
        return keyword(new SearchKey.Keyword(key.keyword())).negated();
    }

    // Dates

    @Override
    public Condition internalDate(SearchKey.InternalDate key) {
        return Condition.onMetadata(metadata -> key.relation().holds(day(metadata.internalDate()), key.date()));
    }

    @Override
    public Condition sentDate(SearchKey.SentDate key) {
        return Condition.onText(message -> message.text()
                .sentDate()
                .filter(sent -> key.relation().holds(sent, key.date()))
                .isPresent());
    }

    @Override
    public Condition saveDate(SearchKey.SaveDate key) {
        return Condition.onMetadata(metadata -> {
            Instant saved = metadata.saveDate().orElse(metadata.internalDate());
            return key.relation().holds(day(saved), key.date());
        });
    }

    @Override
    public Condition saveDateSupported(SearchKey.SaveDateSupported key) {
        return Condition.onMetadata(metadata -> metadata.saveDate().isPresent());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public Condition older(SearchKey.Older key) {
        return new Condition(false, (message, now) -> key.holds(age(message.metadata(), now)));
    }

    @Override
    public Condition younger(SearchKey.Younger key) {
        return new Condition(false, (message, now) -> key.holds(age(message.metadata(), now)));
    }

    /** In milliseconds, as stores keep dates. */
    private static Duration age(MessageMetadata metadata, Instant now) {
        return Duration.ofMillis(now.toEpochMilli() - metadata.internalDate().toEpochMilli());
    }

    // Numbers

    @Override
    public Condition larger(SearchKey.Larger key) {
        return Condition.onMetadata(metadata -> metadata.size() > key.octets());
    }

    @Override
    public Condition smaller(SearchKey.Smaller key) {
        return Condition.onMetadata(metadata -> metadata.size() < key.octets());
    }

    @Override
    public Condition uid(SearchKey.Uid key) {
        UidRanges uids = UidRanges.of(key.set());
        return Condition.onMetadata(metadata -> uids.contains(metadata.uid()));
    }

    @Override
    public Condition modSeq(SearchKey.ModSeq key) {
        return Condition.onMetadata(metadata -> metadata.modSeq() >= key.value());
    }

    @Override
    public Condition emailId(SearchKey.EmailId key) {
        return Condition.onMetadata(metadata -> metadata.emailId().equals(key.id()));
    }

    @Override
    public Condition threadId(SearchKey.ThreadId key) {
        return Condition.onMetadata(metadata -> metadata.threadId().equals(key.id()));
    }

    // What a session must have resolved

    @Override
    public Condition recent(SearchKey.Recent key) {
        throw speaksOfASession("RECENT");
    }

    @Override
    public Condition isNew(SearchKey.New key) {
        throw speaksOfASession("NEW");
    }

    @Override
    public Condition old(SearchKey.Old key) {
        throw speaksOfASession("OLD");
    }

    @Override
    public Condition sequenceSet(SearchKey.SequenceSet key) {
        throw speaksOfASession("a sequence set");
    }

    @Override
    public Condition savedResult(SearchKey.SavedResult key) {
        throw speaksOfASession("$");
    }

    @Override
    public Condition uidSavedResult(SearchKey.UidSavedResult key) {
        throw speaksOfASession("UID $");
    }

    private static IllegalArgumentException speaksOfASession(String key) {
        return new IllegalArgumentException(key + " speaks of a session: it must be resolved to uids first");
    }
}
