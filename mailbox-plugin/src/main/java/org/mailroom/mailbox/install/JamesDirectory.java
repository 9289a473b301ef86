/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory in which a James works: {@code conf/} is in it, and its libraries or a directory of them.
 *
 * @param version such as 3.8.1
 */
record JamesDirectory(Path root, String version) {
    /** A library that every James has. */
    private static final Pattern LIBRARY = Pattern.compile("apache-james-mailbox-api-(\\d+\\.\\d+[\\w.-]*)\\.jar");

    /**
     * Recognises a James.
     *
     * @throws UnusableFileException where the directory is none of a James
     */
    static JamesDirectory at(Path root) throws IOException, UnusableFileException {
        if (!Files.isDirectory(root.resolve("conf"))) {
            throw new UnusableFileException(root + " has no directory conf/: name the directory in which James works");
        }
        String version = version(root)
                .orElseThrow(() -> new UnusableFileException("neither " + root
                        + " nor a directory in it has apache-james-mailbox-api-VERSION.jar, by which the version of James"
                        + " is recognised: give it with --james 3.8 or --james 3.9"));
        return new JamesDirectory(root, version);
    }

    private static Optional<String> version(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 2)) {
            return files.map(file -> LIBRARY.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .max(Comparator.naturalOrder());
        }
    }

    Path conf() {
        return root.resolve("conf");
    }

    Path extensions() {
        return root.resolve("extensions-jars");
    }
}
