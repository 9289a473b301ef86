/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.testing.VariedMail;
import org.mailroom.search.text.MessageTextReader;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The index of a user with one mailbox, for benchmarks: the same mail, in the same order, each time. */
@State(Scope.Benchmark)
public class IndexState {
    static final String OWNER = "bob";
    static final String MAILBOX = IndexBenchmark.MAILBOX;

    /** Which mail, see {@link Corpus#named}: some of it need not be there. */
    @Param("generated")
    public String mail = "generated";

    @Param("5000")
    public int messages = 5_000;

    UserIndexes indexes;
    UserIndex index;
    Watermark watermark;
    VariedMail varied;

    private Path root;
    private UserIndexes.Lease lease;
    private Directory files;
    private DirectoryReader reader;

    @Setup
    public void fill() throws IOException {
        root = Files.createTempDirectory("mailroom-jmh");
        openIndex();
        varied = varied(mail);
        MessageTextReader texts = new MessageTextReader();
        for (int i = 0; i < messages; i++) {
            RawMessage message = varied.get(i);
            index.add(MAILBOX, IndexBenchmark.metadata(i, message), texts.read(message.stream()));
        }
        watermark = new Watermark(1, messages, messages);
        index.setWatermark(MAILBOX, watermark);
        index.commit();
        files = FSDirectory.open(root.resolve(OWNER));
        reader = DirectoryReader.open(files);
        System.out.printf("index of %,d messages (%s) in %d segments%n", messages, mail, leaves().size());
    }

    void openIndex() throws IOException {
        indexes = new UserIndexes(root, IndexSettings.DEFAULT);
        lease = indexes.lease(OWNER);
        index = lease.index();
    }

    void closeIndex() throws IOException {
        IOUtils.close(lease::close, indexes);
    }

    static VariedMail varied(String mail) {
        try (Stream<RawMessage> found = Corpus.named(mail)) {
            return new VariedMail(found.toList());
        }
    }

    /** The segments as they were after the last message. */
    List<LeafReader> leaves() {
        return reader.leaves().stream().map(LeafReaderContext::reader).toList();
    }

    @TearDown
    public void delete() {
        try {
            IOUtils.close(reader, files, lease::close, indexes);
            IOUtils.rm(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the benchmark's index in " + root + " cannot be closed and deleted", e);
        }
    }
}
