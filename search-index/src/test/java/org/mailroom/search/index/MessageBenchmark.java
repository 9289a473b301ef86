/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.Document;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.relevance.RelevanceField;
import org.mailroom.search.relevance.RelevanceTerms;
import org.mailroom.search.relevance.TermFrequency;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.testing.VariedMail;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done with each message before it is indexed. An operation is one message, or the body of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBenchmark {
    private static final int MESSAGES = 1_000;

    @Param("generated")
    public String mail = "generated";

    private final MessageTextReader reader = new MessageTextReader();
    private final MessageDocuments documents = new MessageDocuments(IndexSettings.DEFAULT);
    private Ring<Parsed> messages;
    private Ring<String> ascii;
    private Ring<String> others;
    private Ring<List<String>> normalised;

    private record Parsed(RawMessage raw, MessageMetadata metadata, MessageText text) {}

    /** One after the other, without end. */
    private record Ring<T>(List<T> elements, int[] last) {
        Ring(List<T> elements) {
            this(elements, new int[] {elements.size() - 1});
        }

        T next() {
            last[0] = last[0] + 1 == elements.size() ? 0 : last[0] + 1;
            return elements.get(last[0]);
        }
    }

    @Setup
    public void read() throws IOException {
        VariedMail varied = IndexState.varied(mail);
        List<Parsed> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            RawMessage raw = varied.get(i);
            all.add(new Parsed(raw, IndexBenchmark.metadata(i, raw), reader.read(raw.stream())));
        }
        List<String> bodies =
                all.stream().flatMap(message -> message.text().body().stream()).toList();
        messages = new Ring<>(all);
        ascii = new Ring<>(bodies.stream().filter(MessageBenchmark::isAscii).toList());
        others = new Ring<>(bodies.stream().filter(body -> !isAscii(body)).toList());
        normalised = new Ring<>(bodies.stream()
                .map(Casemap.keepingAccents()::normalise)
                .map(List::of)
                .toList());
        System.out.printf(
                "%,d messages (%s) of %,.0f octets; %,d bodies of %,.0f characters in ASCII, %,d of %,.0f in others%n",
                MESSAGES,
                mail,
                all.stream()
                        .mapToInt(message -> message.raw().octets().length)
                        .average()
                        .orElse(0),
                ascii.elements().size(),
                ascii.elements().stream().mapToInt(String::length).average().orElse(0),
                others.elements().size(),
                others.elements().stream().mapToInt(String::length).average().orElse(0));
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    /** MIME, charsets, HTML. */
    @Benchmark
    public MessageText readMessage() throws IOException {
        return reader.read(messages.next().raw().stream());
    }

    @Benchmark
    public String casemapOfAscii() {
        return Casemap.keepingAccents().normalise(ascii.next());
    }

    @Benchmark
    public String casemapOfOtherCharacters() {
        return Casemap.keepingAccents().normalise(others.next());
    }

    /** How many there are, each made as the index takes it. */
    @Benchmark
    public int wordsOfNormalisedBody() {
        TextStream words = new TextStream(normalised.next(), WordPieces.DEFAULT);
        int count = 0;
        while (words.incrementToken()) {
            count++;
        }
        return count;
    }

    /** With casemap, without words: the index asks for these one by one. */
    @Benchmark
    public Document makeDocument() {
        Parsed message = messages.next();
        return documents.of(IndexState.MAILBOX, message.metadata(), message.text());
    }

    /** What FUZZY takes besides, where it is switched on. */
    @Benchmark
    public Map<RelevanceField, List<TermFrequency>> termsOfRelevance() {
        return RelevanceTerms.of(messages.next().text());
    }
}
