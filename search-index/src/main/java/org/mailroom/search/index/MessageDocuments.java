/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.relevance.RelevanceTerms;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Turns messages into documents of the index. Thread-safe. */
final class MessageDocuments {
    private static final FieldType POSITIONS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    private static final FieldType FREQUENCIES = type(IndexOptions.DOCS_AND_FREQS);
    private static final FieldType DOCUMENTS = type(IndexOptions.DOCS);

    private final IndexSettings settings;

    MessageDocuments(IndexSettings settings) {
        this.settings = settings;
    }

    Document of(String mailbox, MessageMetadata metadata, MessageText text) {
        Document document = new Document();
        document.add(new StringField(Fields.MAILBOX, mailbox, Field.Store.NO));
        document.add(new SortedDocValuesField(Fields.MAILBOX, new BytesRef(mailbox)));
        document.add(new StringField(
                Fields.KEY, new MessageKey(mailbox, metadata.uid()).term().bytes(), Field.Store.NO));
        number(document, Fields.UID, metadata.uid());
        number(document, Fields.INTERNAL_DATE, metadata.internalDate().toEpochMilli());
        metadata.saveDate().ifPresent(date -> number(document, Fields.SAVE_DATE, date.toEpochMilli()));
        text.sentDate().ifPresent(date -> number(document, Fields.SENT_DATE, date.toEpochDay()));
        number(document, Fields.SIZE, metadata.size());
        id(document, Fields.EMAIL_ID, metadata.emailId());
        id(document, Fields.THREAD_ID, metadata.threadId());
        for (Field field : changing(metadata.flags(), metadata.modSeq())) {
            document.add(field);
        }
        addOrder(document, OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size()));
        addText(document, text);
        if (settings.fuzzy()) {
            RelevanceTerms.of(text)
                    .forEach((field, terms) ->
                            document.add(new Field(Fields.relevance(field), new TermStream(terms), FREQUENCIES)));
        }
        return document;
    }

    private static void addOrder(Document document, OrderValues values) {
        values.sent().ifPresent(sent -> number(document, Fields.SENT_TIME, sent));
        OrderFields.STRINGS.forEach((name, string) -> string(document, name, string.apply(values)));
        AncestryBytes.of(values.ancestry(), values.reply())
                .ifPresent(bytes -> document.add(new BinaryDocValuesField(Fields.ANCESTRY, bytes)));
    }

    /** The empty string is the least, as no string is. */
    private static void string(Document document, String name, String value) {
        if (!value.isEmpty()) {
            document.add(new SortedDocValuesField(name, new BytesRef(value)));
        }
    }

    /** The fields that a change of flags rewrites. */
    static Field[] changing(Flags flags, long modSeq) {
        return new Field[] {
            new NumericDocValuesField(Fields.FLAGS, bits(flags)),
            new NumericDocValuesField(Fields.MODSEQ, modSeq),
            new BinaryDocValuesField(Fields.KEYWORDS, KeywordList.of(flags.keywords()))
        };
    }

    static long bits(Flags flags) {
        long bits = 0;
        for (SystemFlag flag : flags.system()) {
            bits |= bit(flag);
        }
        return bits;
    }

    static long bit(SystemFlag flag) {
        return 1L << flag.ordinal();
    }

    private static void number(Document document, String name, long value) {
        document.add(new NumericDocValuesField(name, value));
    }

    /** Not every store gives ids. */
    private static void id(Document document, String name, String id) {
        if (!id.isEmpty()) {
            document.add(new StringField(name, id, Field.Store.NO));
        }
    }

    private void addText(Document document, MessageText text) {
        Map<String, List<String>> texts = new HashMap<>();
        TreeMap<BytesRef, List<String>> others = new TreeMap<>();
        for (HeaderField field : text.header()) {
            String name = HeaderField.foldName(field.name());
            List<String> sameName = others.computeIfAbsent(Fields.name(name), key -> new ArrayList<>());
            String own = Fields.OWN_FIELD.get(name);
            if (own != null) {
                add(texts, own, field.value());
                field.addresses().forEach(form -> add(texts, Fields.addresses(own), form));
            } else if (!settings.isSignature(name)) {
                sameName.add(settings.casemap().normalise(field.value()));
            }
        }
        for (String part : text.body()) {
            add(texts, Fields.BODY, part);
        }
        HeaderPositions.Layout header = HeaderPositions.Layout.of(others, settings.pieces());
        texts.put(Fields.HEADER, header.texts());
        document.add(new BinaryDocValuesField(Fields.HEADER_LENGTHS, header.lengths()));
        for (BytesRef name : others.keySet()) {
            document.add(new StringField(Fields.NAME, name, Field.Store.NO));
        }
        for (BytesRef name : header.names()) {
            document.add(new SortedSetDocValuesField(Fields.HEADER_NAMES, name));
        }
        for (Map.Entry<String, List<String>> field : texts.entrySet()) {
            document.add(new Field(field.getKey(), new TextStream(field.getValue(), settings.pieces()), POSITIONS));
            if (TextStream.cuts(field.getValue(), settings.pieces())) {
                state(document, Fields.pieces(field.getKey()));
            }
        }
        if (texts.containsKey(Fields.BODY)) {
            document.add(new Field(Fields.BODY_CHARACTERS, new CharacterStream(texts.get(Fields.BODY)), DOCUMENTS));
        }
        if (text.hasAttachment()) {
            state(document, Fields.ATTACHMENT);
        }
        if (!text.completeness().headerComplete()) {
            state(document, Fields.INCOMPLETE_HEADER);
        }
        if (!text.completeness().bodyComplete()) {
            state(document, Fields.INCOMPLETE_BODY);
        }
    }

    private static void state(Document document, String state) {
        document.add(new StringField(Fields.STATE, state, Field.Store.NO));
    }

    private void add(Map<String, List<String>> texts, String field, String value) {
        texts.computeIfAbsent(field, key -> new ArrayList<>())
                .add(settings.casemap().normalise(value));
    }

    private static FieldType type(IndexOptions options) {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setOmitNorms(true);
        type.setIndexOptions(options);
        type.freeze();
        return type;
    }
}
