/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the stamps of the files of an index's last commit, kept beside them: an index whose files have the stamps that
 * they had when they were written need not be read from end to end before it is used. Losing it costs that reading,
 * nothing else.
 *
 * @param files by name
 * @param checked when all files were last read and found right; the epoch where never
 */
record Manifest(Map<String, FileStamp> files, Instant checked) {
    private static final String FILE = "mailroom.files";
    private static final String CHECKED = "checked";

    Manifest {
        files = Map.copyOf(files);
    }

    /** Of what is on disk in {@code directory} now. */
    static Manifest of(Path directory, Collection<String> files, Instant checked) throws IOException {
        Map<String, FileStamp> stamps = new HashMap<>();
        for (String file : files) {
            stamps.put(file, FileStamp.of(directory.resolve(file)).orElseThrow(() -> new NoSuchFileException(file)));
        }
        return new Manifest(stamps, checked);
    }

    /** Whether all of {@code names} are in {@code directory} as they were. */
    boolean describes(Path directory, Collection<String> names) throws IOException {
        for (String name : names) {
            FileStamp stamp = files.get(name);
            if (stamp == null || !FileStamp.of(directory.resolve(name)).equals(Optional.of(stamp))) {
                return false;
            }
        }
        return true;
    }

    /** What was written there last; nothing where that is not there or makes no sense. */
    static Optional<Manifest> read(Path directory) {
        try {
            Map<String, FileStamp> files = new HashMap<>();
            Instant checked = Instant.EPOCH;
            for (String line : Files.readAllLines(directory.resolve(FILE), StandardCharsets.UTF_8)) {
                String[] words = line.split(" ");
                if (words[0].equals(CHECKED)) {
                    checked = Instant.ofEpochSecond(Long.parseLong(words[1]));
                } else {
                    files.put(words[0], new FileStamp(Long.parseLong(words[1]), Long.parseLong(words[2])));
                }
            }
            return Optional.of(new Manifest(files, checked));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Takes the place of the one before. */
    void write(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, stamp) -> lines.append(name)
                .append(' ')
                .append(stamp.length())
                .append(' ')
                .append(stamp.modified())
                .append('\n'));
        lines.append(CHECKED).append(' ').append(checked.getEpochSecond()).append('\n');
        Path next = directory.resolve(FILE + ".next");
        Files.writeString(next, lines, StandardCharsets.UTF_8);
        PrivateDirectory.restrictFile(next);
        Files.move(next, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }
}
