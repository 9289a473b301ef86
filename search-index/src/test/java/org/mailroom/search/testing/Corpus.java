/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Real mail to test with. It lies outside the project, where the system property {@code mailroom.corpus} says; where it
 * is absent, {@link #all} is the project's own small set and the others are empty. Close the streams.
 */
public final class Corpus {

    private static final Path DIRECTORY = Path.of(System.getProperty("mailroom.corpus", "../../shared/corpus"));

    /** The project's own, where the system property {@code mailroom.sample} says. */
    private static final Path SAMPLE =
            Path.of(System.getProperty("mailroom.sample", "../server/src/main/resources/sample-mail"));

    private Corpus() {}

    /** Whether the real mail is there. */
    public static boolean present() {
        return Files.isDirectory(DIRECTORY);
    }

    /** Every message there is: the project's own, then the real mail where present. */
    public static Stream<RawMessage> all() {
        return Stream.of(own(), tricky(), spamassassin(), linuxMan()).flatMap(messages -> messages);
    }

    /** Mail to measure with: {@code generated}, {@code own}, {@code spam}, {@code list} or {@code all}. */
    public static Stream<RawMessage> named(String name) {
        return switch (name) {
            case "generated" -> GeneratedMail.messages(2_000);
            case "own" -> own();
            case "spam" -> spamassassin();
            case "list" -> linuxMan();
            case "all" -> all();
            default -> throw new IllegalArgumentException(
                    "no mail is called " + name + ": generated, own, spam, list or all");
        };
    }

    /** The project's own messages: the sample mail, some 200 messages in many languages, charsets and shapes. */
    public static Stream<RawMessage> own() {
        try (Stream<Path> files = Files.list(SAMPLE)) {
            return files.filter(file -> file.toString().endsWith(".eml")).sorted().map(Corpus::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawMessage read(Path file) {
        try {
            return new RawMessage(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 5,975 messages of 2002 to 2005, ham and spam, every kind of broken MIME. */
    public static Stream<RawMessage> spamassassin() {
        return mbox("spamassassin.mbox.gz");
    }

    /** 5,000 messages of a mailing list: patches, code, names in UTF-8. */
    public static Stream<RawMessage> linuxMan() {
        return mbox("linux-man.mbox.gz");
    }

    /** 534 single messages from the test suites of MIME parsers. */
    public static Stream<RawMessage> tricky() {
        if (!present()) {
            return Stream.empty();
        }
        try (InputStream tar = open("tricky.tar.gz")) {
            return TarReader.files(tar).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RawMessage> mbox(String file) {
        if (!present()) {
            return Stream.empty();
        }
        InputStream mbox = open(file);
        return MboxReader.read(file, mbox).onClose(() -> close(mbox));
    }

    private static InputStream open(String file) {
        try {
            return new BufferedInputStream(
                    new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(file)), 1 << 16), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
