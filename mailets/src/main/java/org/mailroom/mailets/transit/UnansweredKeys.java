/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.transit;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyVisitor;

/** Finds the first key of a condition that has no answer where the condition is to be held. Immutable. */
public final class UnansweredKeys implements SearchKeyVisitor<Optional<UnansweredKeys.Unanswered>> {
    /** For mail on its way, which has neither a mailbox nor a session. */
    public static final UnansweredKeys IN_TRANSIT = new UnansweredKeys(false);

    /** For stored mail that nobody has selected: it has a mailbox, but no session. */
    public static final UnansweredKeys STORED = new UnansweredKeys(true);

    private final boolean stored;

    /**
     * A key without an answer.
     *
     * @param reason why, to be read after a colon
     */
    public record Unanswered(SearchKey key, String reason) {}

    private UnansweredKeys(boolean stored) {
        this.stored = stored;
    }

    /** The first such key of {@code condition}; empty where all have answers. */
    public Optional<Unanswered> first(SearchKey condition) {
        return condition.accept(this);
    }

    private static Optional<Unanswered> ofSession(SearchKey key) {
        return Optional.of(new Unanswered(key, "it speaks of an IMAP session"));
    }

    private Optional<Unanswered> ofStore(SearchKey key) {
        return stored
                ? Optional.empty()
                : Optional.of(new Unanswered(key, "a message is given that only when it is stored"));
    }

    private Optional<Unanswered> first(List<SearchKey> keys) {
        return keys.stream().flatMap(key -> key.accept(this).stream()).findFirst();
    }

    // Logic

    @Override
    public Optional<Unanswered> all(SearchKey.All key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> and(SearchKey.And key) {
        return first(key.keys());
    }

    @Override
    public Optional<Unanswered> or(SearchKey.Or key) {
        return first(key.alternatives());
    }

    @Override
    public Optional<Unanswered> not(SearchKey.Not key) {
        return key.key().accept(this);
    }

    @Override
    public Optional<Unanswered> fuzzy(SearchKey.Fuzzy key) {
        return key.key().accept(this);
    }

    // What a message has wherever it is

    @Override
    public Optional<Unanswered> bcc(SearchKey.Bcc key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> body(SearchKey.Body key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> cc(SearchKey.Cc key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> from(SearchKey.From key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> header(SearchKey.Header key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> subject(SearchKey.Subject key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> text(SearchKey.Text key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> to(SearchKey.To key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> flagSet(SearchKey.FlagSet key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> flagUnset(SearchKey.FlagUnset key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> keyword(SearchKey.Keyword key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> unkeyword(SearchKey.Unkeyword key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> internalDate(SearchKey.InternalDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> sentDate(SearchKey.SentDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> saveDate(SearchKey.SaveDate key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> saveDateSupported(SearchKey.SaveDateSupported key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> older(SearchKey.Older key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> younger(SearchKey.Younger key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> larger(SearchKey.Larger key) {
        return Optional.empty();
    }

    @Override
    public Optional<Unanswered> smaller(SearchKey.Smaller key) {
        return Optional.empty();
    }

    // What a message has in a mailbox

    @Override
    public Optional<Unanswered> uid(SearchKey.Uid key) {
        return key.set().hasLargest() && stored ? ofSession(key) : ofStore(key);
    }

    @Override
    public Optional<Unanswered> modSeq(SearchKey.ModSeq key) {
        return ofStore(key);
    }

    @Override
    public Optional<Unanswered> emailId(SearchKey.EmailId key) {
        return ofStore(key);
    }

    @Override
    public Optional<Unanswered> threadId(SearchKey.ThreadId key) {
        return ofStore(key);
    }

    // What a message has in a session

    @Override
    public Optional<Unanswered> sequenceSet(SearchKey.SequenceSet key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unanswered> savedResult(SearchKey.SavedResult key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unanswered> uidSavedResult(SearchKey.UidSavedResult key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unanswered> recent(SearchKey.Recent key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unanswered> isNew(SearchKey.New key) {
        return ofSession(key);
    }

    @Override
    public Optional<Unanswered> old(SearchKey.Old key) {
        return ofSession(key);
    }
}
