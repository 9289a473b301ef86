/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java installation to start child processes with.
 *
 * @param home its directory
 * @param feature its feature version, such as 17
 */
public record Jdk(Path home, int feature) {
    private static final int OLDEST = 17;

    /** The one that runs this test. */
    public static Jdk current() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /**
     * The current one and, of other versions from 17 on, those in the directory beside it (as Linux distributions lay them
     * out) and the one the environment variable MAILROOM_JDK names. One for each version, oldest first.
     */
    public static List<Jdk> all() {
        Stream<Path> named = Optional.ofNullable(System.getenv("MAILROOM_JDK")).map(Path::of).stream();
        return Stream.of(
                        Stream.of(current()),
                        Stream.concat(named, beside(current().home())).flatMap(Jdk::at))
                .flatMap(jdks -> jdks)
                .filter(jdk -> jdk.feature() >= OLDEST)
                .collect(java.util.stream.Collectors.toMap(Jdk::feature, jdk -> jdk, (first, second) -> first))
                .values()
                .stream()
                .sorted(Comparator.comparingInt(Jdk::feature))
                .toList();
    }

    /** The newest of {@link #all()}. */
    public static Jdk newest() {
        List<Jdk> all = all();
        return all.get(all.size() - 1);
    }

    public Path java() {
        return home.resolve("bin").resolve("java");
    }

    private static Stream<Path> beside(Path home) {
        try (Stream<Path> siblings = Files.list(home.getParent())) {
            return siblings.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** A JDK says its version in the file "release". */
    private static Stream<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(release)) {
            return Stream.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            return Stream.empty();
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        String feature = version.startsWith("1.") ? version.substring(2, 3) : version.split("[^0-9]")[0];
        return feature.isEmpty() ? Stream.empty() : Stream.of(new Jdk(home, Integer.parseInt(feature)));
    }

    @Override
    public String toString() {
        return "Java " + feature;
    }
}
