/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.mailroom.mailets.journal.PrivateFiles;
import org.mailroom.mailets.rules.RulesContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the versions of the rules in a directory that only the server's user may read: {@code N.xml} is the text,
 * {@code N.json} says who made it and when. A version is begun before the rules file is written and completed behind it: a
 * server that is killed in between finds at its next start by the file whether the change was made. For one thread.
 */
final class RuleHistory {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleHistory.class);
    private static final String TEXT = ".xml";
    private static final String COMPLETE = ".json";
    private static final String BEGUN = ".begun";
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final long MAX_OCTETS = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path directory;
    private final LongSupplier kept;

    /** @param kept how many versions are kept at most; the newest is kept whatever its size */
    RuleHistory(Path directory, LongSupplier kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /** All that are kept, the oldest first; one that cannot be read is left out. */
    List<RuleVersion> versions() throws IOException {
        List<RuleVersion> versions = new ArrayList<>();
        for (int id : ids(COMPLETE)) {
            find(id).ifPresent(versions::add);
        }
        return versions;
    }

    /** The newest that can be read. */
    Optional<RuleVersion> newest() throws IOException {
        for (int id : ids(COMPLETE).descendingSet()) {
            Optional<RuleVersion> version = find(id);
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    Optional<RuleVersion> find(int id) throws IOException {
        return read(id, COMPLETE);
    }

    private Optional<RuleVersion> read(int id, String state) throws IOException {
        Path file = directory.resolve(id + state);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), RuleVersion.class));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            LOGGER.warn("{} cannot be read and is left out of the history of the rules: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /** The text of a version that is kept. */
    RulesContent content(RuleVersion version) throws IOException {
        return version.exists()
                ? RulesContent.of(Files.readAllBytes(directory.resolve(version.id() + TEXT)))
                : RulesContent.NONE;
    }

    /** The number of the next version. */
    int next() throws IOException {
        TreeSet<Integer> all = new TreeSet<>(ids(COMPLETE));
        all.addAll(ids(TEXT));
        all.addAll(ids(BEGUN));
        return all.isEmpty() ? 1 : all.last() + 1;
    }

    /** Writes a version that is not in force yet. */
    void begin(RuleVersion version, RulesContent content) throws IOException {
        PrivateFiles.prepare(directory);
        if (content.exists()) {
            write(directory.resolve(version.id() + TEXT), content.octets());
        }
        write(directory.resolve(version.id() + BEGUN), JSON.writeValueAsBytes(version));
    }

    /** The version that was begun is in force. Forgets the oldest ones. */
    void complete(int id) throws IOException {
        Files.move(directory.resolve(id + BEGUN), directory.resolve(id + COMPLETE), StandardCopyOption.ATOMIC_MOVE);
        prune();
    }

    /** The version that was begun did not come into force. */
    void giveUp(int id) throws IOException {
        Files.deleteIfExists(directory.resolve(id + BEGUN));
        Files.deleteIfExists(directory.resolve(id + TEXT));
    }

    /** Finds out what became of a version that had been begun when the server ended. */
    void settle(RulesContent inForce) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (int id : ids(BEGUN)) {
            boolean made = read(id, BEGUN)
                    .filter(version -> version.version().equals(inForce.version()))
                    .isPresent();
            if (made) {
                complete(id);
            } else {
                giveUp(id);
            }
        }
        NavigableSet<Integer> orphans = ids(TEXT);
        orphans.removeAll(ids(COMPLETE));
        for (int id : orphans) {
            Files.deleteIfExists(directory.resolve(id + TEXT));
        }
    }

    private void prune() throws IOException {
        long octets = 0;
        long count = 0;
        for (int id : ids(COMPLETE).descendingSet()) {
            Path text = directory.resolve(id + TEXT);
            octets += Files.exists(text) ? Files.size(text) : 0;
            count++;
            if (count > 1 && (count > kept.getAsLong() || octets > MAX_OCTETS)) {
                Files.deleteIfExists(directory.resolve(id + COMPLETE));
                Files.deleteIfExists(text);
            }
        }
    }

    private NavigableSet<Integer> ids(String ending) throws IOException {
        NavigableSet<Integer> ids = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(ending))
                        .map(name -> name.substring(0, name.length() - ending.length()))
                        .filter(name -> name.matches(NUMBER))
                        .forEach(name -> ids.add(Integer.parseInt(name)));
            }
        }
        return ids;
    }

    private static void write(Path file, byte[] octets) throws IOException {
        Files.deleteIfExists(file);
        PrivateFiles.create(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
