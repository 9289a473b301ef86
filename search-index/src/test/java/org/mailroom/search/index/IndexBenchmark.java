/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.util.IOUtils;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.testing.VariedMail;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * What indexing costs and how long searches take as a whole, as tables; nothing is asserted. Single pieces are measured
 * by the benchmarks for JMH. From the module's directory:
 *
 * <pre>java -Xmx1g -cp target/classes:target/test-classes:(dependencies) org.mailroom.search.index.IndexBenchmark
 *     messages=20000 mail=list fuzzy=true ram=32 threads=2 directory=/tmp/index
 *     parts=cold,sizes,searches</pre>
 *
 * <p>CPU is that of the thread, or of the whole process, so that other work on the machine does not count.
 */
public final class IndexBenchmark {
    static final String MAILBOX = "1";
    private static final String OWNER = "bob";

    private final int messages;
    private final boolean fuzzy;
    private final double ramBuffer;
    private final int threads;
    private final Path directory;
    private final Set<String> parts;
    private final Path mail;
    private final MessageTextReader reader = new MessageTextReader();

    private IndexBenchmark(Map<String, String> options) throws IOException {
        messages = Integer.parseInt(options.getOrDefault("messages", "20000"));
        ramBuffer = Double.parseDouble(options.getOrDefault("ram", "32"));
        threads = Integer.parseInt(options.getOrDefault("threads", "1"));
        fuzzy = Boolean.parseBoolean(options.getOrDefault("fuzzy", "true"));
        directory =
                Path.of(options.getOrDefault("directory", System.getProperty("java.io.tmpdir") + "/mailroom-index"));
        parts = Set.of(options.getOrDefault("parts", "cold,sizes,searches").split(","));
        String kind = options.getOrDefault("mail", "list");
        mail = directory.resolveSibling("mail-" + kind + "-" + messages);
        if (!Files.exists(mail)) {
            try (Stream<RawMessage> found = Corpus.named(kind)) {
                write(new VariedMail(found.toList()));
            }
        }
    }

    /** Written once, so that making the mail does not count. */
    private void write(VariedMail varied) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(mail)))) {
            for (int i = 0; i < messages; i++) {
                byte[] octets = varied.get(i).octets();
                out.writeInt(octets.length);
                out.write(octets);
            }
        }
    }

    /** The messages in order, given out in batches. Thread-safe. */
    private final class Batches implements Closeable {
        private static final int BATCH = 200;

        private final DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(mail), 1 << 16));
        private int next;
        private int added;

        Batches() throws IOException {}

        /** By index; empty after the last. */
        synchronized SortedMap<Integer, RawMessage> take() throws IOException {
            SortedMap<Integer, RawMessage> batch = new TreeMap<>();
            for (; batch.size() < BATCH && next < messages; next++) {
                batch.put(next, new RawMessage("#" + next, in.readNBytes(in.readInt())));
            }
            return batch;
        }

        synchronized void awaitTurn(int first) throws InterruptedException {
            while (added < first) {
                wait();
            }
        }

        synchronized void added(int last) {
            added = last + 1;
            notifyAll();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            options.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        new IndexBenchmark(options).run();
    }

    private void run() throws IOException {
        if (parts.contains("cold")) {
            IOUtils.rm(directory);
            index();
        }
        if (parts.contains("sizes")) {
            sizes();
        }
        if (parts.contains("searches")) {
            try (UserIndexes indexes = new UserIndexes(directory, settings());
                    UserIndexes.Lease lease = indexes.lease(OWNER)) {
                new SearchBenchmark(lease.index(), directory.resolve(OWNER), messages).run();
            }
        }
    }

    private IndexSettings settings() {
        IndexSettings standard = IndexSettings.DEFAULT;
        return new IndexSettings(
                standard.maxOpenIndexes(),
                standard.closeAfter(),
                standard.commitEvery(),
                ramBuffer,
                standard.textVersion(),
                standard.signatureFields(),
                standard.casemap(),
                fuzzy);
    }

    /** As in a new process: what is not compiled yet counts too. */
    private void index() throws IOException {
        LongAdder[] cpu = {new LongAdder(), new LongAdder()};
        long wall = System.nanoTime();
        long process = processCpu();
        try (UserIndexes indexes = new UserIndexes(directory, settings());
                UserIndexes.Lease lease = indexes.lease(OWNER)) {
            add(lease.index(), cpu);
            lease.index().commit();
        }
        print("%,d messages of %,d octets each, fuzzy %s; in us of CPU each:", messages, octets() / messages, fuzzy);
        print(
                "  the whole process, cold, until merges are done %,8d (wall %,d)",
                each(processCpu() - process), each(System.nanoTime() - wall));
        print("  the threads that index: reading                %,8d", each(cpu[0].sum()));
        print("    adding: document, tokens, flushes            %,8d", each(cpu[1].sum()));
        print(
                "  in %.1f s the JIT compiled for %.1f s and garbage was collected for %.1f s",
                (System.nanoTime() - wall) / 1e9,
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(java.lang.management.GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / 1e3);
        print("index of %.1f %% of the mail", 100.0 * total(files()) / octets());
    }

    /** As James's mail is indexed: read by several threads, each a batch at a time, and added in order. */
    private void add(UserIndex index, LongAdder[] cpu) throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (Batches batches = new Batches()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> addBatches(batches, index, cpu)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private Void addBatches(Batches batches, UserIndex index, LongAdder[] cpu) throws Exception {
        SortedMap<Integer, RawMessage> batch;
        while (!(batch = batches.take()).isEmpty()) {
            long start = threadCpu();
            List<MessageText> texts = new ArrayList<>();
            for (RawMessage message : batch.values()) {
                texts.add(reader.read(message.stream()));
            }
            long read = threadCpu();
            batches.awaitTurn(batch.firstKey());
            Iterator<MessageText> text = texts.iterator();
            for (Map.Entry<Integer, RawMessage> message : batch.entrySet()) {
                index.add(MAILBOX, metadata(message.getKey(), message.getValue()), text.next());
            }
            batches.added(batch.lastKey());
            cpu[0].add(read - start);
            cpu[1].add(threadCpu() - read);
        }
        return null;
    }

    private long octets() throws IOException {
        return Files.size(mail) - (long) Integer.BYTES * messages;
    }

    private void sizes() throws IOException {
        double percent = octets() / 100.0;
        Map<String, Long> files = files();
        print("index by file: %.2f %% of the mail", total(files) / percent);
        files.forEach((ending, size) -> print("  %-24s %6.2f %%", ending, size / percent));
        print("by field:");
        FieldSizes.of(directory.resolve(OWNER)).entrySet().stream()
                .sorted((one, other) -> Long.compare(total(other.getValue()), total(one.getValue())))
                .filter(field -> total(field.getValue()) > percent / 20)
                .forEach(field -> {
                    StringBuilder line = new StringBuilder();
                    field.getValue()
                            .forEach((ending, size) -> line.append(
                                    size > percent / 100 ? String.format(" %s %.2f", ending, size / percent) : ""));
                    print("  %-24s %6.2f %% =%s", field.getKey(), total(field.getValue()) / percent, line);
                });
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = file.getFileName().toString();
                String ending =
                        Optional.ofNullable(IndexFileNames.getExtension(name)).orElse("other");
                String format = name.contains("Lexicon") ? ending + " (text)" : ending;
                sizes.merge(format, Files.size(file), Long::sum);
            }
        }
        return sizes;
    }

    private static long total(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    static MessageMetadata metadata(int index, RawMessage message) {
        Instant arrived = Instant.parse("2019-01-01T00:00:00Z").plusSeconds(1_200L * index);
        Flags flags = new Flags(
                index % 10 == 0 ? Set.of() : Set.of(SystemFlag.SEEN), index % 50 == 0 ? Set.of("work") : Set.of());
        return new MessageMetadata(
                index + 1L, index + 1L, arrived, Optional.empty(), message.octets().length, flags, "", "");
    }

    private long each(long nanos) {
        return nanos / messages / 1000;
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
