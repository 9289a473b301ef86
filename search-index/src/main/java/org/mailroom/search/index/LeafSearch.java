/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.index.Clause.Cost;
import org.mailroom.search.query.AttachmentKeyword;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyVisitor;
import org.mailroom.search.query.SessionKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.query.UidRanges;
import org.mailroom.search.text.HeaderField;

/**
 * Evaluates search keys over the documents of one segment: each key becomes a clause, which is given the documents
 * that are still in question and returns those that match. For one search by one thread.
 *
 * <p>Of some documents the index cannot tell: not all of their text is indexed, or a string is longer than what pieces of
 * a word have in common. A key therefore has two answers, the documents that match for certain and those that may match;
 * NOT turns one into the other. What lies between is decided by reading the message. Where no document was met of which
 * the index cannot tell, the two are the same.
 */
final class LeafSearch implements SearchKeyVisitor<Clause> {
    private static final long MILLIS_OF_DAY = 86_400_000;

    /** Which of the two answers is asked for. */
    enum Bound {
        CERTAIN,
        POSSIBLE;

        Bound opposite() {
            return this == CERTAIN ? POSSIBLE : CERTAIN;
        }
    }

    private final LeafValues values;
    private final Bound bound;
    private final Instant now;
    private final IndexSettings settings;
    private final FuzzyScores.InSegment likeness;
    private final UndecidedDocuments open;
    private final TextClauses texts;

    LeafSearch(LeafValues values, Bound bound, Instant now, IndexSettings settings, FuzzyScores.InSegment likeness) {
        this(
                values,
                bound,
                now,
                settings,
                likeness,
                new UndecidedDocuments(values.leaf().maxDoc()));
    }

    /** @param open takes the documents of which neither the index can tell nor what was read before */
    LeafSearch(
            LeafValues values,
            Bound bound,
            Instant now,
            IndexSettings settings,
            FuzzyScores.InSegment likeness,
            UndecidedDocuments open) {
        this.values = values;
        this.bound = bound;
        this.now = now;
        this.settings = settings;
        this.likeness = likeness;
        this.open = open;
        this.texts = new TextClauses(values, bound, settings, open);
    }

    // Logic

    @Override
    public Clause all(SearchKey.All key) {
        return new Clause(Cost.TERM, within -> within);
    }

    @Override
    public Clause and(SearchKey.And key) {
        return Clause.and(key.keys().stream().map(child -> child.accept(this)).toList());
    }

    @Override
    public Clause or(SearchKey.Or key) {
        return Clause.or(
                key.alternatives().stream().map(child -> child.accept(this)).toList());
    }

    @Override
    public Clause not(SearchKey.Not key) {
        return key.key()
                .accept(new LeafSearch(values, bound.opposite(), now, settings, likeness, open))
                .not();
    }

    @Override
    public Clause fuzzy(SearchKey.Fuzzy key) {
        return like(key.key());
    }

    /** What matches, and what is like it: see {@link FuzzyKeys}. */
    private Clause like(SearchKey key) {
        if (key instanceof SearchKey.And and) {
            return Clause.and(and.keys().stream().map(this::like).toList());
        }
        if (key instanceof SearchKey.Or or) {
            return Clause.or(or.alternatives().stream().map(this::like).toList());
        }
        Clause exactly = key.accept(this);
        if (key instanceof MailKey.StringKey string) {
            return Clause.or(List.of(new Clause(Cost.HEADER, within -> likeness.documents(string, within)), exactly));
        }
        return exactly;
    }

    // Text

    @Override
    public Clause subject(MailKey.Subject key) {
        return texts.header(key, "subject", key.value());
    }

    @Override
    public Clause address(MailKey.Address key) {
        return texts.address(key);
    }

    @Override
    public Clause header(MailKey.Header key) {
        return texts.header(key, HeaderField.foldName(key.name()), key.value());
    }

    @Override
    public Clause body(MailKey.Body key) {
        return texts.text(key, List.of(Fields.BODY), key.value());
    }

    @Override
    public Clause text(MailKey.Text key) {
        return texts.text(key, Fields.TEXT, key.value());
    }

    // Flags

    @Override
    public Clause flagSet(MailKey.FlagSet key) {
        return new Clause(Cost.NUMBER, within -> values.flag(key.flag(), within));
    }

    @Override
    public Clause flagUnset(MailKey.FlagUnset key) {
        return new Clause(Cost.NUMBER, within -> Clause.without(within, values.flag(key.flag(), within)));
    }

    @Override
    public Clause keyword(MailKey.Keyword key) {
        return new Clause(Cost.NUMBER, within -> keyword(key.keyword(), within));
    }

    @Override
    public Clause unkeyword(MailKey.Unkeyword key) {
        return new Clause(Cost.NUMBER, within -> Clause.without(within, keyword(key.keyword(), within)));
    }

    /** Where the keyword is set, or the parts of the message say what it says. */
    private FixedBitSet keyword(String keyword, FixedBitSet within) throws IOException {
        FixedBitSet set = values.keyword(keyword, within);
        Optional<AttachmentKeyword> attachment = AttachmentKeyword.of(keyword);
        if (attachment.isEmpty()) {
            return set;
        }
        FixedBitSet having = values.term(Fields.STATE, Fields.ATTACHMENT, within);
        FixedBitSet found = set.clone();
        found.or(attachment.get().holds(true) ? having : Clause.without(within, having));
        return found;
    }

    // Dates

    @Override
    public Clause internalDate(MailKey.InternalDate key) {
        return lasting(Fields.INTERNAL_DATE, key, day(key.relation(), key.date().toEpochDay()));
    }

    @Override
    public Clause saveDate(MailKey.SaveDate key) {
        LongPredicate holds = day(key.relation(), key.date().toEpochDay());
        return new Clause(Cost.NUMBER, within -> {
            FixedBitSet saved = values.numbers(Fields.SAVE_DATE, within, millis -> true);
            FixedBitSet found = values.numbers(Fields.SAVE_DATE, saved, holds);
            found.or(values.numbers(Fields.INTERNAL_DATE, Clause.without(within, saved), holds));
            return found;
        });
    }

    @Override
    public Clause saveDateSupported(MailKey.SaveDateSupported key) {
        return number(Fields.SAVE_DATE, millis -> true);
    }

    @Override
    public Clause sentDate(MailKey.SentDate key) {
        long day = key.date().toEpochDay();
        LongPredicate holds =
                switch (key.relation()) {
                    case BEFORE -> sent -> sent < day;
                    case ON -> sent -> sent == day;
                    case SINCE -> sent -> sent >= day;
                };
        return new Clause(
                Cost.NUMBER,
                within -> texts.decided(
                        key,
                        values.numbers(Fields.SENT_DATE, key, within, holds),
                        texts.incomplete(Fields.HEADER, within)));
    }

    @Override
    public Clause older(MailKey.Older key) {
        long present = now.toEpochMilli();
        return number(Fields.INTERNAL_DATE, millis -> key.holds(Duration.ofMillis(present - millis)));
    }

    @Override
    public Clause younger(MailKey.Younger key) {
        long present = now.toEpochMilli();
        return number(Fields.INTERNAL_DATE, millis -> key.holds(Duration.ofMillis(present - millis)));
    }

    private static LongPredicate day(DateRelation relation, long day) {
        return switch (relation) {
            case BEFORE -> millis -> Math.floorDiv(millis, MILLIS_OF_DAY) < day;
            case ON -> millis -> Math.floorDiv(millis, MILLIS_OF_DAY) == day;
            case SINCE -> millis -> Math.floorDiv(millis, MILLIS_OF_DAY) >= day;
        };
    }

    // Numbers and ids

    @Override
    public Clause larger(MailKey.Larger key) {
        return lasting(Fields.SIZE, key, size -> size > key.octets());
    }

    @Override
    public Clause smaller(MailKey.Smaller key) {
        return lasting(Fields.SIZE, key, size -> size < key.octets());
    }

    @Override
    public Clause modSeq(StoreKey.ModSeq key) {
        return new Clause(Cost.NUMBER, within -> values.modSeqs(within, key.value()));
    }

    @Override
    public Clause uid(StoreKey.Uid key) {
        UidRanges ranges = UidRanges.of(key.set());
        return new Clause(Cost.TERM, within -> values.numbers(Fields.UID, within, ranges::contains));
    }

    @Override
    public Clause emailId(StoreKey.EmailId key) {
        return new Clause(Cost.TERM, within -> values.term(Fields.EMAIL_ID, key.id(), within));
    }

    @Override
    public Clause threadId(StoreKey.ThreadId key) {
        return new Clause(Cost.TERM, within -> values.term(Fields.THREAD_ID, key.id(), within));
    }

    /** Where the same key always finds the same documents. */
    private Clause lasting(String field, SearchKey key, LongPredicate holds) {
        return new Clause(Cost.NUMBER, within -> values.numbers(field, key, within, holds));
    }

    private Clause number(String field, LongPredicate holds) {
        return new Clause(Cost.NUMBER, within -> values.numbers(field, within, holds));
    }

    // What a session must have resolved

    @Override
    public Clause session(SessionKey key) {
        throw new IllegalArgumentException(key + " depends on a session: resolve it to uids first");
    }
}
