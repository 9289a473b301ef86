/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.index.Clause.Cost;
import org.mailroom.search.index.LeafSearch.Bound;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.HeaderField;

/**
 * Makes the clauses of keys that ask for strings in one segment, and says what of their answers is certain. For one
 * search by one thread.
 */
final class TextClauses {
    private final LeafValues values;
    private final Bound bound;
    private final IndexSettings settings;
    private final UndecidedDocuments open;

    /** @param open takes the documents of which neither the index can tell nor what was read before */
    TextClauses(LeafValues values, Bound bound, IndexSettings settings, UndecidedDocuments open) {
        this.values = values;
        this.bound = bound;
        this.settings = settings;
        this.open = open;
    }

    /** A string in the values of the field, or in a form of one of its addresses. */
    Clause address(MailKey.Address key) {
        String name = HeaderField.foldName(key.field().fieldName());
        Needle needle = Needle.of(key.value(), settings.casemap());
        Clause inValues = header(key, name, key.value());
        String forms = Fields.addresses(Objects.requireNonNull(Fields.OWN_FIELD.get(name)));
        return needle.isEmpty()
                ? inValues
                : Clause.or(List.of(inValues, new Clause(Cost.FIELD, within -> {
                    FixedBitSet found = find(needle, forms, within);
                    return decided(key, found, undecided(needle, forms, within, found));
                })));
    }

    /** A string in the values of the fields {@code name}, in lower case. */
    Clause header(SearchKey key, String name, String value) {
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

    /** A string in one of the text fields. */
    Clause text(SearchKey key, List<String> fields, String value) {
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
    FixedBitSet incomplete(String field, FixedBitSet within) throws IOException {
        String state = field.equals(Fields.BODY) ? Fields.INCOMPLETE_BODY : Fields.INCOMPLETE_HEADER;
        return values.remembered(Fields.STATE, state, within, documents -> values.term(Fields.STATE, state, documents));
    }

    /**
     * The documents that were found, and of those of which that does not tell what reading them told before; where it told
     * nothing, all of them where it is asked what may match, none where it is asked what matches for certain.
     */
    FixedBitSet decided(SearchKey key, FixedBitSet found, FixedBitSet undecided) {
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
}
