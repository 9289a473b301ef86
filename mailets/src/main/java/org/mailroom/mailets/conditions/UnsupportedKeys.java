/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyVisitor;

/** Finds the first key of a condition that has no answer where the condition is used. Immutable. */
public final class UnsupportedKeys implements SearchKeyVisitor<Optional<UnsupportedKeys.Unsupported>> {
    /** For mail on its way, which has neither a mailbox nor a session. */
    public static final UnsupportedKeys IN_TRANSIT = new UnsupportedKeys(false);

    /** For stored mail that nobody has selected: it has a mailbox, but no session. */
    public static final UnsupportedKeys STORED = new UnsupportedKeys(true);

    private final boolean stored;

    /**
     * A key without an answer.
     *
     * @param reason why, to be read after a colon
     */
    public record Unsupported(SearchKey key, String reason) {}

    private UnsupportedKeys(boolean stored) {
        this.stored = stored;
    }

    /** The first such key of {@code condition}; empty where all have answers. */
    public Optional<Unsupported> first(SearchKey condition) {
        return condition.accept(this);
    }

    private static Optional<Unsupported> ofSession(SearchKey key) {
        return Optional.of(new Unsupported(key, "it speaks of an IMAP session"));
    }

    private Optional<Unsupported> ofStore(SearchKey key) {
        return stored
                ? Optional.empty()
                : Optional.of(new Unsupported(key, "a message is given that only when it is stored"));
    }

    private Optional<Unsupported> first(List<SearchKey> keys) {
        return keys.stream().flatMap(key -> key.accept(this).stream()).findFirst();
    }

    // Logic

    @Override
    public Optional<Unsupported> all(SearchKey.All key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> and(SearchKey.And key) {
        return first(key.keys());
    }

    @Override
    public Optional<Unsupported> or(SearchKey.Or key) {
        return first(key.alternatives());
    }

    @Override
    public Optional<Unsupported> not(SearchKey.Not key) {
        return key.key().accept(this);
    }

    @Override
    public Optional<Unsupported> fuzzy(SearchKey.Fuzzy key) {
        return key.key().accept(this);
    }

    // What a message has wherever it is

    @Override
    public Optional<Unsupported> bcc(SearchKey.Bcc key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> body(SearchKey.Body key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> cc(SearchKey.Cc key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> from(SearchKey.From key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> header(SearchKey.Header key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> subject(SearchKey.Subject key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> text(SearchKey.Text key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> to(SearchKey.To key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> flagSet(SearchKey.FlagSet key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> flagUnset(SearchKey.FlagUnset key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> keyword(SearchKey.Keyword key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> unkeyword(SearchKey.Unkeyword key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> internalDate(SearchKey.InternalDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> sentDate(SearchKey.SentDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> saveDate(SearchKey.SaveDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> saveDateSupported(SearchKey.SaveDateSupported key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> older(SearchKey.Older key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> younger(SearchKey.Younger key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> larger(SearchKey.Larger key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unsupported> smaller(SearchKey.Smaller key) {
        return Optional.empty();
    }

    // What a message has in a mailbox

    @Override
    public Optional<Unsupported> uid(SearchKey.Uid key) {
        return key.set().hasLargest() && stored ? ofSession(key) : ofStore(key);
    }

    @Override
    public Optional<Unsupported> modSeq(SearchKey.ModSeq key) {
        return ofStore(key);
    }

    @Override
    public Optional<Unsupported> emailId(SearchKey.EmailId key) {
        return ofStore(key);
    }

    @Override
    public Optional<Unsupported> threadId(SearchKey.ThreadId key) {
        return ofStore(key);
    }

    // What a message has in a session

    @Override
    public Optional<Unsupported> sequenceSet(SearchKey.SequenceSet key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unsupported> savedResult(SearchKey.SavedResult key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unsupported> uidSavedResult(SearchKey.UidSavedResult key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unsupported> recent(SearchKey.Recent key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unsupported> isNew(SearchKey.New key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unsupported> old(SearchKey.Old key) {
        return ofSession(key);
    }
}
