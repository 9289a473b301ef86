/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912PostingsFormat;
import org.apache.lucene.index.FilterLeafReader.FilterFields;
import org.apache.lucene.index.FilterLeafReader.FilterTerms;
import org.apache.lucene.index.FilterLeafReader.FilterTermsEnum;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;

/**
 * Lucene's own postings with a {@link Lexicon} beside each field's dictionary. Lucene finds it by name in a segment's
 * files, so the name changes with the file's format.
 */
public final class LexiconFormat extends PostingsFormat {
    private static final String NAME = "MailroomLexicon4";
    private static final String EXTENSION = "lex";
    private static final int VERSION = 4;

    /**
     * Terms in a block of a lexicon. In 100,000 messages of mailing lists the body's terms with {@code list} in them are
     * looked for among 542,000 where blocks have 256 terms, among 80,000 where they have 32; the lexicon takes 1.0 and
     * 1.8 % of the mail.
     */
    private static final int FINE = 32;

    /**
     * In the field that header fields share, where most terms are ids, smaller blocks cost more. In 40,000 messages a
     * word of the body is looked for among 7,800 of its terms on average where blocks have 256 terms, among 3,100 where
     * they have 128; all lexicons take 5.4 and 6.0 % of the mail, and with 64 terms 6.6 %.
     */
    private static final int COARSE = 128;

    private final PostingsFormat postings = new Lucene912PostingsFormat();
    private final Set<String> coarse;

    /** For Lucene, by the service loader: reads whatever was written. */
    public LexiconFormat() {
        this(Set.of());
    }

    /**
     * For writing.
     *
     * @param coarse the fields whose lexicon has larger blocks
     */
    public LexiconFormat(Set<String> coarse) {
        super(NAME);
        this.coarse = coarse;
    }

    @Override
    public FieldsConsumer fieldsConsumer(SegmentWriteState state) throws IOException {
        return new Writer(state, postings.fieldsConsumer(state), coarse);
    }

    @Override
    public FieldsProducer fieldsProducer(SegmentReadState state) throws IOException {
        FieldsProducer producer = postings.fieldsProducer(state);
        try {
            return new Reader(state, producer);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(producer);
            throw e;
        }
    }

    /** A field's terms together with their lexicon. */
    public static final class LexiconTerms extends FilterTerms {
        private final Optional<Lexicon> lexicon;

        LexiconTerms(Terms terms, Optional<Lexicon> lexicon) {
            super(terms);
            this.lexicon = lexicon;
        }

        public Optional<Lexicon> lexicon() {
            return lexicon;
        }
    }

    private static String fileName(String segment, String suffix) {
        return IndexFileNames.segmentFileName(segment, suffix, EXTENSION);
    }

    /** Watches the terms go by on their way to Lucene's writer. */
    private static final class Writer extends FieldsConsumer {
        private final SegmentWriteState state;
        private final FieldsConsumer postings;
        private final Set<String> coarse;
        private final Map<String, LexiconBuilder> builders = new HashMap<>();

        Writer(SegmentWriteState state, FieldsConsumer postings, Set<String> coarse) {
            this.state = state;
            this.postings = postings;
            this.coarse = coarse;
        }

        @Override
        public void write(org.apache.lucene.index.Fields fields, NormsProducer norms) throws IOException {
            try (IndexOutput out = state.directory.createOutput(
                    fileName(state.segmentInfo.name, state.segmentSuffix), state.context)) {
                CodecUtil.writeIndexHeader(out, NAME, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
                Map<Integer, Lexicon.Place> places = new HashMap<>();
                postings.write(new WatchedFields(fields, out, places), norms);
                finishField(out, places);
                long table = out.getFilePointer();
                out.writeVInt(places.size());
                for (Map.Entry<Integer, Lexicon.Place> place : places.entrySet()) {
                    out.writeVInt(place.getKey());
                    place.getValue().write(out);
                }
                out.writeLong(table);
                CodecUtil.writeFooter(out);
            }
        }

        private void finishField(IndexOutput out, Map<Integer, Lexicon.Place> places) throws IOException {
            for (Map.Entry<String, LexiconBuilder> field : builders.entrySet()) {
                int number = state.fieldInfos.fieldInfo(field.getKey()).number;
                field.getValue().finish(out).ifPresent(place -> places.put(number, place));
            }
            builders.clear();
        }

        @Override
        public void close() throws IOException {
            postings.close();
        }

        /** Fields are written one after the other, so that one builder at a time holds memory. */
        private final class WatchedFields extends FilterFields {
            private final IndexOutput out;
            private final Map<Integer, Lexicon.Place> places;

            WatchedFields(org.apache.lucene.index.Fields fields, IndexOutput out, Map<Integer, Lexicon.Place> places) {
                super(fields);
                this.out = out;
                this.places = places;
            }

            @Override
            @SuppressWarnings("NullAway") // Lucene's API: null for a field without terms
            public Terms terms(String field) throws IOException {
                Terms terms = in.terms(field);
                return terms == null
                        ? null
                        : new FilterTerms(terms) {
                            @Override
                            public TermsEnum iterator() throws IOException {
                                finishField(out, places);
                                LexiconBuilder builder = new LexiconBuilder(coarse.contains(field) ? COARSE : FINE);
                                builders.put(field, builder);
                                return new FilterTermsEnum(in.iterator()) {
                                    @Override
                                    public BytesRef next() throws IOException {
                                        BytesRef term = in.next();
                                        if (term != null) {
                                            builder.add(term);
                                        }
                                        return term;
                                    }
                                };
                            }
                        };
            }
        }
    }

    private static final class Reader extends FieldsProducer {
        private final FieldsProducer postings;
        private final IndexInput file;
        private final Map<String, Lexicon> lexicons = new HashMap<>();

        Reader(SegmentReadState state, FieldsProducer postings) throws IOException {
            this.postings = postings;
            file = state.directory.openInput(fileName(state.segmentInfo.name, state.segmentSuffix), state.context);
            try {
                CodecUtil.checkIndexHeader(
                        file, NAME, VERSION, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
                CodecUtil.retrieveChecksum(file);
                IndexInput in = file.clone();
                in.seek(file.length() - CodecUtil.footerLength() - Long.BYTES);
                in.seek(in.readLong());
                for (int i = in.readVInt(); i > 0; i--) {
                    String field = state.fieldInfos.fieldInfo(in.readVInt()).name;
                    lexicons.put(field, new Lexicon(Lexicon.Place.read(in), file));
                }
            } catch (IOException | RuntimeException e) {
                IOUtils.closeWhileHandlingException(file);
                throw e;
            }
        }

        @Override
        public Iterator<String> iterator() {
            return postings.iterator();
        }

        @Override
        @SuppressWarnings("NullAway") // Lucene's API: null for a field without terms
        public Terms terms(String field) throws IOException {
            Terms terms = postings.terms(field);
            return terms == null ? null : new LexiconTerms(terms, Optional.ofNullable(lexicons.get(field)));
        }

        @Override
        public int size() {
            return postings.size();
        }

        @Override
        public void checkIntegrity() throws IOException {
            postings.checkIntegrity();
            CodecUtil.checksumEntireFile(file);
        }

        @Override
        public void close() throws IOException {
            IOUtils.close(postings, file);
        }
    }
}
