/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.relevance.OccurrenceTerms;
import org.mailroom.search.relevance.RelevanceField;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** The index has for FUZZY the terms and frequencies that come of counting one occurrence after the other. */
class FuzzyFrequenciesTest {
    private static final int EVERY = 10;

    /** Of many languages and scripts; some stop words, some with the same stem, "an" and "c0" with the same hash. */
    private static final String[] PIECES = {
        "the",
        "not",
        "und",
        "die",
        "les",
        "des",
        "que",
        "con",
        "het",
        "een",
        "não",
        "sono",
        "не",
        "في",
        "invoice",
        "invoices",
        "Rechnung",
        "Rechnungen",
        "l'été",
        "ÉTÉ",
        "mañana",
        "huizen",
        "поезда",
        "поезд",
        "القطارات",
        "an",
        "c0",
        "ants",
        "c0ts",
        "don't",
        "42",
        "1,000",
        "0x1f",
        "会議",
        "会議室を",
        "ไทย",
        "한국어",
        "\uD83D\uDE00",
        "ﬁnally",
        ".",
        ", ",
        "\n",
        "\n> ",
        "-",
        "_",
        "q".repeat(41)
    };

    private static final String[] FIELDS = {"Subject", "From", "TO", "Cc", "bcc", "X-Other"};

    @Test
    void mailHasTheFrequenciesThatCountingGives() throws IOException {
        List<MessageText> texts = new ArrayList<>();
        MessageTextReader reader = new MessageTextReader();
        try (Stream<RawMessage> mail = Corpus.all()) {
            int number = 0;
            for (RawMessage message : mail.toList()) {
                if (number++ % EVERY == 0) {
                    texts.add(reader.read(message.stream()));
                }
            }
        }
        assertFrequencies(texts, "mail");
    }

    @Test
    void randomMessagesHaveTheFrequenciesThatCountingGives() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<MessageText> texts = new ArrayList<>();
        for (int i = 0; i < RandomRun.rounds(120, 3_000); i++) {
            texts.add(message(random));
        }
        assertFrequencies(texts, "seed " + seed);
    }

    private static MessageText message(Random random) {
        List<HeaderField> header = new ArrayList<>();
        for (int fields = random.nextInt(8); fields > 0; fields--) {
            header.add(new HeaderField(FIELDS[random.nextInt(FIELDS.length)], text(random, 20)));
        }
        List<String> body = new ArrayList<>();
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            body.add(text(random, 1 << random.nextInt(12)));
        }
        return new MessageText(header, body, Optional.empty(), true);
    }

    /** Of few kinds of pieces and up to some thousand words that occur nowhere else. */
    private static String text(Random random, int most) {
        int kinds = 1 + random.nextInt(PIECES.length);
        int first = random.nextInt(PIECES.length);
        double rare = random.nextDouble() / 2;
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(most); pieces > 0; pieces--) {
            text.append(
                    random.nextDouble() < rare
                            ? Integer.toString(random.nextInt(1 << 20), 36)
                            : PIECES[(first + random.nextInt(kinds)) % PIECES.length]);
            text.append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static void assertFrequencies(List<MessageText> texts, String which) throws IOException {
        List<Map<RelevanceField, Map<String, Integer>>> indexed = indexed(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(indexed.get(i)).as("message %d of %s", i, which).isEqualTo(OccurrenceTerms.of(texts.get(i)));
        }
    }

    private static List<Map<RelevanceField, Map<String, Integer>>> indexed(List<MessageText> texts) throws IOException {
        MessageDocuments documents = new MessageDocuments(IndexSettings.DEFAULT.withFuzzy(true));
        RawMessage any = new RawMessage("any", new byte[0]);
        try (Directory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer =
                    new IndexWriter(directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
                for (int i = 0; i < texts.size(); i++) {
                    MessageMetadata metadata = IndexBenchmark.metadata(i, any);
                    writer.addDocument(documents.of(IndexState.MAILBOX, metadata, texts.get(i)));
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                List<Map<RelevanceField, Map<String, Integer>>> frequencies = new ArrayList<>();
                for (LeafReaderContext leaf : reader.leaves()) {
                    frequencies.addAll(frequencies(leaf.reader()));
                }
                return frequencies;
            }
        }
    }

    /** Of each message. */
    private static List<Map<RelevanceField, Map<String, Integer>>> frequencies(LeafReader leaf) throws IOException {
        List<Map<RelevanceField, Map<String, Integer>>> messages = new ArrayList<>();
        for (int i = 0; i < leaf.maxDoc(); i++) {
            messages.add(new EnumMap<>(RelevanceField.class));
        }
        for (RelevanceField field : RelevanceField.values()) {
            TermsEnum terms = Terms.getTerms(leaf, Fields.relevance(field)).iterator();
            while (terms.next() != null) {
                PostingsEnum postings = terms.postings(null, PostingsEnum.FREQS);
                while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    messages.get(postings.docID())
                            .computeIfAbsent(field, key -> new TreeMap<>())
                            .put(terms.term().utf8ToString(), postings.freq());
                }
            }
        }
        return messages;
    }
}
