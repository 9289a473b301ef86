/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        if (key instanceof SearchKey.StringKey string) {
            return Clause.or(List.of(new Clause(Cost.HEADER, within -> likeness.documents(string, within)), exactly));
        }
        return exactly;
    }

    // Text

    @Override
    public Clause subject(SearchKey.Subject key) {
        return header(key, "subject", key.value());
    }

    /** In the values of the field, or in a form of one of its addresses. */
    @Override
    public Clause address(SearchKey.AddressKey key) {
        String name = HeaderField.foldName(key.field());
        Needle needle = Needle.of(key.value(), settings.casemap());
        Clause inValues = header(key, name, key.value());
        String forms = Fields.ADDRESSES.get(Fields.OWN_FIELD.get(name));
        return needle.isEmpty()
                ? inValues
                : Clause.or(List.of(inValues, new Clause(Cost.FIELD, within -> {
                    FixedBitSet found = find(needle, forms, within);
                    return decided(key, found, undecided(needle, forms, within, found));
                })));
    }

    @Override
    public Clause header(SearchKey.Header key) {
        return header(key, HeaderField.foldName(key.name()), key.value());
    }

    @Override
    public Clause body(SearchKey.Body key) {
        return text(key, List.of(Fields.BODY), key.value());
    }

    @Override
    public Clause text(SearchKey.Text key) {
        return text(key, Fields.TEXT, key.value());
    }

    private Clause header(SearchKey key, String name, String value) {
        Needle needle = Needle.of(value, settings.casemap());
        String own = Fields.OWN_FIELD.get(name);
        return new Clause(own == null ? Cost.HEADER : Cost.FIELD, within -> {
            if (needle.isEmpty()) {
                FixedBitSet having = values.term(Fields.NAME, Fields.name(name), within);
                return decided(key, having, incomplete(Fields.HEADER, within));
            }
            if (own != null) {
                FixedBitSet found = find(needle, own, within);
                return decided(key, found, undecided(needle, own, within, found));
            }
            FixedBitSet having = values.term(Fields.NAME, Fields.name(name), within);
            if (settings.isSignature(name)) {
                having.or(incomplete(Fields.HEADER, within));
                return decided(key, values.none(), having);
            }
            FixedBitSet found = values.remembered(
                    Fields.HEADER + ':' + name,
                    needle.normalised(),
                    having,
                    documents -> HeaderPositions.documents(
                            values.leaf(), Fields.name(name), needle.patterns(), documents, values.control()));
            FixedBitSet undecided = undecided(needle, Fields.HEADER, having, found);
            undecided.or(incomplete(Fields.HEADER, within));
            return decided(key, found, undecided);
        });
    }

    private Clause text(SearchKey key, List<String> fields, String value) {
        Needle needle = Needle.of(value, settings.casemap());
        return new Clause(Cost.BODY, within -> {
            if (needle.isEmpty()) {
                return within;
            }
            FixedBitSet found = values.none();
            FixedBitSet undecided = values.none();
            FixedBitSet left = within;
            for (String field : fields) {
                if (left.scanIsEmpty()) {
                    break;
                }
                FixedBitSet inField = find(needle, field, left);
                FixedBitSet open = undecided(needle, field, left, inField);
                inField.andNot(open);
                found.or(inField);
                undecided.or(open);
                left = Clause.without(within, found);
            }
            undecided.andNot(found);
            return decided(key, found, undecided);
        });
    }

    private FixedBitSet find(Needle needle, String field, FixedBitSet within) throws IOException {
        return values.remembered(
                field,
                needle.normalised(),
                within,
                documents -> needle.find(values.leaf(), field, documents, values.control()));
    }

    /** The documents of {@code within} of which the terms of a text field do not tell whether they have a string. */
    private FixedBitSet undecided(Needle needle, String field, FixedBitSet within, FixedBitSet found)
            throws IOException {
        FixedBitSet undecided = incomplete(field, within);
        if (needle.exceeds(settings.pieces())) {
            FixedBitSet inPieces = Clause.without(values.term(Fields.STATE, Fields.pieces(field), within), found);
            if (!inPieces.scanIsEmpty()) {
                undecided.or(
                        needle.beginning(settings.pieces()).find(values.leaf(), field, inPieces, values.control()));
            }
        }
        return undecided;
    }

    /**
     * Those of which not all is indexed that may stand in a text field. What was indexed of them need not be a part of their
     * text, since a text that ends early may be taken for one in another charset.
     */
    private FixedBitSet incomplete(String field, FixedBitSet within) throws IOException {
        String state = field.equals(Fields.BODY) ? Fields.INCOMPLETE_BODY : Fields.INCOMPLETE_HEADER;
        return values.remembered(Fields.STATE, state, within, documents -> values.term(Fields.STATE, state, documents));
    }

    /**
     * The documents that were found, and of those of which that does not tell what reading them told before; where it told
     * nothing, all of them where it is asked what may match, none where it is asked what matches for certain.
     */
    private FixedBitSet decided(SearchKey key, FixedBitSet found, FixedBitSet undecided) {
        FixedBitSet decided = Clause.without(found, undecided);
        if (undecided.scanIsEmpty()) {
            return decided;
        }
        Map<Integer, String> pastLimit = values.recall(key, undecided, decided);
        if (bound == Bound.POSSIBLE) {
            decided.or(undecided);
        }
        pastLimit.forEach(open::refused);
        pastLimit.keySet().forEach(undecided::clear);
        open.unread(undecided);
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
        return new Clause(
                Cost.NUMBER,
                within -> decided(
                        key, values.numbers(Fields.SENT_DATE, key, within, holds), incomplete(Fields.HEADER, within)));
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
    public Clause session(SearchKey.SessionKey key) {
        throw new IllegalArgumentException(key + " depends on a session: resolve it to uids first");
    }
}
