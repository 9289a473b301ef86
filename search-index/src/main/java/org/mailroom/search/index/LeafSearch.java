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
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.DateRelation;
import org.mailroom.search.query.SearchKeyVisitor;
import org.mailroom.search.query.UidRanges;
import org.mailroom.search.text.HeaderField;

/**
 * Evaluates search keys over the documents of one segment: each key becomes a clause, which is given the documents
 * that are still in question and returns those that match. For one search by one thread.
 *
 * <p>Of some documents not all text is indexed. A key therefore has two answers, the documents that match for certain
 * and those that may match; NOT turns one into the other. What lies between is decided by reading the message.
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
    private final Likeness.InSegment likeness;

    LeafSearch(LeafValues values, Bound bound, Instant now, IndexSettings settings, Likeness.InSegment likeness) {
        this.values = values;
        this.bound = bound;
        this.now = now;
        this.settings = settings;
        this.likeness = likeness;
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
                .accept(new LeafSearch(values, bound.opposite(), now, settings, likeness))
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
        if (key instanceof SearchKey.StringKey string) {
            return Clause.or(List.of(new Clause(Cost.HEADER, within -> likeness.documents(string, within)), exactly));
        }
        return exactly;
    }

    // Text

    @Override
    public Clause subject(SearchKey.Subject key) {
        return header("subject", key.value());
    }

    @Override
    public Clause from(SearchKey.From key) {
        return header("from", key.value());
    }

    @Override
    public Clause to(SearchKey.To key) {
        return header("to", key.value());
    }

    @Override
    public Clause cc(SearchKey.Cc key) {
        return header("cc", key.value());
    }

    @Override
    public Clause bcc(SearchKey.Bcc key) {
        return header("bcc", key.value());
    }

    @Override
    public Clause header(SearchKey.Header key) {
        return header(HeaderField.foldName(key.name()), key.value());
    }

    @Override
    public Clause body(SearchKey.Body key) {
        return text(List.of(Fields.BODY), key.value());
    }

    @Override
    public Clause text(SearchKey.Text key) {
        return text(Fields.TEXT, key.value());
    }

    private Clause header(String name, String value) {
        Needle needle = Needle.of(value);
        String own = Fields.OWN_FIELD.get(name);
        return new Clause(own == null ? Cost.HEADER : Cost.FIELD, within -> {
            if (needle.isEmpty()) {
                return decided(values.term(Fields.NAME, name, within), within);
            }
            return decided(own == null ? shared(name, needle, within) : find(needle, own, within), within);
        });
    }

    /** Where the field stands among others in {@link Fields#HEADER}, or is not indexed at all. */
    private FixedBitSet shared(String name, Needle needle, FixedBitSet within) throws IOException {
        FixedBitSet having = values.term(Fields.NAME, name, within);
        if (settings.isSignature(name)) {
            return bound == Bound.POSSIBLE ? having : values.none();
        }
        return values.remembered(
                Fields.HEADER + ':' + name,
                needle.normalised(),
                having,
                documents -> HeaderPlaces.documents(values.leaf(), name, needle.patterns(), documents));
    }

    private Clause text(List<String> fields, String value) {
        Needle needle = Needle.of(value);
        return new Clause(Cost.BODY, within -> {
            if (needle.isEmpty()) {
                return within;
            }
            FixedBitSet found = values.none();
            FixedBitSet left = within;
            for (String field : fields) {
                if (left.scanIsEmpty()) {
                    break;
                }
                found.or(find(needle, field, left));
                left = Clause.without(within, found);
            }
            return decided(found, within);
        });
    }

    private FixedBitSet find(Needle needle, String field, FixedBitSet within) throws IOException {
        return values.remembered(
                field, needle.normalised(), within, documents -> needle.find(values.leaf(), field, documents));
    }

    /**
     * With the documents of which not all is indexed where it is asked what may match, without them where it is asked
     * what matches for certain: what was indexed of them need not be a part of their text, since a text that ends early
     * may be taken for one in another charset.
     */
    private FixedBitSet decided(FixedBitSet found, FixedBitSet within) throws IOException {
        FixedBitSet decided = found.clone();
        FixedBitSet incomplete = values.term(Fields.STATE, Fields.INCOMPLETE, within);
        if (bound == Bound.CERTAIN) {
            decided.andNot(incomplete);
        } else {
            decided.or(incomplete);
        }
        return decided;
    }

    // Flags

    @Override
    public Clause flagSet(SearchKey.FlagSet key) {
        return new Clause(Cost.NUMBER, within -> values.flag(key.flag(), within));
    }

    @Override
    public Clause flagUnset(SearchKey.FlagUnset key) {
        return new Clause(Cost.NUMBER, within -> Clause.without(within, values.flag(key.flag(), within)));
    }

    @Override
    public Clause keyword(SearchKey.Keyword key) {
        return new Clause(Cost.NUMBER, within -> keyword(key.keyword(), within));
    }

    @Override
    public Clause unkeyword(SearchKey.Unkeyword key) {
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
    public Clause internalDate(SearchKey.InternalDate key) {
        return lasting(Fields.INTERNAL_DATE, key, day(key.relation(), key.date().toEpochDay()));
    }

    @Override
    public Clause saveDate(SearchKey.SaveDate key) {
        LongPredicate holds = day(key.relation(), key.date().toEpochDay());
        return new Clause(Cost.NUMBER, within -> {
            FixedBitSet saved = values.numbers(Fields.SAVE_DATE, within, millis -> true);
            FixedBitSet found = values.numbers(Fields.SAVE_DATE, saved, holds);
            found.or(values.numbers(Fields.INTERNAL_DATE, Clause.without(within, saved), holds));
            return found;
        });
    }

    @Override
    public Clause saveDateSupported(SearchKey.SaveDateSupported key) {
        return number(Fields.SAVE_DATE, millis -> true);
    }

    @Override
    public Clause sentDate(SearchKey.SentDate key) {
        long day = key.date().toEpochDay();
        LongPredicate holds =
                switch (key.relation()) {
                    case BEFORE -> sent -> sent < day;
                    case ON -> sent -> sent == day;
                    case SINCE -> sent -> sent >= day;
                };
        return new Clause(Cost.NUMBER, within -> decided(values.numbers(Fields.SENT_DATE, key, within, holds), within));
    }

    @Override
    public Clause older(SearchKey.Older key) {
        long present = now.toEpochMilli();
        return number(Fields.INTERNAL_DATE, millis -> key.holds(Duration.ofMillis(present - millis)));
    }

    @Override
    public Clause younger(SearchKey.Younger key) {
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
    public Clause larger(SearchKey.Larger key) {
        return lasting(Fields.SIZE, key, size -> size > key.octets());
    }

    @Override
    public Clause smaller(SearchKey.Smaller key) {
        return lasting(Fields.SIZE, key, size -> size < key.octets());
    }

    @Override
    public Clause modSeq(SearchKey.ModSeq key) {
        return new Clause(Cost.NUMBER, within -> values.modSeqs(within, key.value()));
    }

    @Override
    public Clause uid(SearchKey.Uid key) {
        UidRanges ranges = UidRanges.of(key.set());
        return new Clause(Cost.TERM, within -> values.numbers(Fields.UID, within, ranges::contains));
    }

    @Override
    public Clause emailId(SearchKey.EmailId key) {
        return new Clause(Cost.TERM, within -> values.term(Fields.EMAIL_ID, key.id(), within));
    }

    @Override
    public Clause threadId(SearchKey.ThreadId key) {
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
    public Clause sequenceSet(SearchKey.SequenceSet key) {
        throw ofSession("a set of sequence numbers");
    }

    @Override
    public Clause savedResult(SearchKey.SavedResult key) {
        throw ofSession("$");
    }

    @Override
    public Clause uidSavedResult(SearchKey.UidSavedResult key) {
        throw ofSession("UID $");
    }

    @Override
    public Clause recent(SearchKey.Recent key) {
        throw ofSession("RECENT");
    }

    @Override
    public Clause isNew(SearchKey.New key) {
        throw ofSession("NEW");
    }

    @Override
    public Clause old(SearchKey.Old key) {
        throw ofSession("OLD");
    }

    private static IllegalArgumentException ofSession(String key) {
        return new IllegalArgumentException(key + " speaks of a session: it must be resolved to uids first");
    }
}
