/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.server.harness.Jdk;

/** The two JARs an admin drops into extensions-jars/: one pair for James 3.8, one for James 3.9. */
class DropInJarsIT {
    private static final Path LAYOUT = Path.of(System.getProperty("mailroom.layout"));
    private static final int CLASS_FILES_OF_JAVA_17 = 61;
    private static final DropIn FOR_38 = new DropIn(
            "James 3.8",
            LAYOUT.resolve("extensions-jars").resolve("mailbox-plugin.jar"),
            LAYOUT.resolve("extensions-jars").resolve("mailets.jar"));
    private static final DropIn FOR_39 = new DropIn(
            "James 3.9",
            Path.of(System.getProperty("mailroom.james39-jars")).resolve("mailbox-plugin-james3.9.jar"),
            Path.of(System.getProperty("mailroom.james39-jars")).resolve("mailets-james3.9.jar"));

    /** @param james the version they are for */
    record DropIn(String james, Path plugin, Path mailets) {
        @Override
        public String toString() {
            return james;
        }
    }

    static List<DropIn> pairs() {
        return List.of(FOR_38, FOR_39);
    }

    static Stream<Arguments> pairsAndJdks() {
        return pairs().stream().flatMap(pair -> Jdk.all().stream().map(jdk -> Arguments.of(pair, jdk)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pluginShouldHoldNoClassOutsideItsOwnPackage(DropIn jars) throws IOException {
        assertThat(classes(jars.plugin()))
                .contains("org/mailroom/search/query/SearchKey.class")
                .contains("org/mailroom/shaded/lucene/index/IndexWriter.class")
                .allMatch(name -> name.startsWith("org/mailroom/"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pluginShouldRelocateMultiReleaseClassesAndSayThatItHasSome(DropIn jars) throws IOException {
        try (JarFile jar = new JarFile(jars.plugin().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE))
                    .isEqualTo("true");
            for (String version : List.of("19", "20", "21")) {
                assertThat(names(jars.plugin()))
                        .contains("META-INF/versions/" + version
                                + "/org/mailroom/shaded/lucene/store/MemorySegmentIndexInputProvider.class");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void servicesOfPluginShouldNameClassesThatAreInIt(DropIn jars) throws IOException {
        List<String> classes = classes(jars.plugin());
        try (JarFile jar = new JarFile(jars.plugin().toFile())) {
            List<JarEntry> services = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/services/") && !entry.isDirectory())
                    .toList();
            assertThat(services)
                    .extracting(JarEntry::getName)
                    .contains("META-INF/services/org.mailroom.shaded.lucene.codecs.Codec");
            for (JarEntry service : services) {
                assertThat(service.getName()).startsWith("META-INF/services/org.mailroom.");
                for (String provider : providers(jar, service)) {
                    assertThat(classes).contains(provider.replace('.', '/') + ".class");
                }
            }
        }
    }

    /** The time of the build would make each build of the same sources another file. */
    @ParameterizedTest
    @MethodSource("pairs")
    void entriesShouldHaveTheTimeOfTheReleaseAndNotOfTheBuild(DropIn jars) throws IOException {
        for (Path file : List.of(jars.plugin(), jars.mailets())) {
            try (JarFile jar = new JarFile(file.toFile())) {
                // libraries inside keep their times
                assertThat(jar.stream()
                                .filter(entry -> entry.getName().matches("org/mailroom/(?!.*shaded/).*\\.class"))
                                .map(JarEntry::getTimeLocal)
                                .distinct())
                        .as("in %s", file)
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void mailetsShouldHoldTheirOwnClassesOnly(DropIn jars) throws IOException {
        assertThat(classes(jars.mailets())).isNotEmpty().allMatch(name -> name.startsWith("org/mailroom/mailets/"));
    }

    @Test
    void jarsForJames38ShouldNeedNothingThatItDoesNotShip() throws IOException {
        StringWriter said = new StringWriter();
        try (Stream<Path> lib = Files.list(LAYOUT.resolve("lib"))) {
            String james = lib.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            PrintWriter out = new PrintWriter(said, true);
            ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
            jdeps.run(
                    out,
                    out,
                    "--multi-release",
                    "17",
                    "--missing-deps",
                    "-cp",
                    james,
                    FOR_38.plugin().toString(),
                    FOR_38.mailets().toString());
        }
        assertThat(said.toString().lines().filter(line -> line.contains("not found")))
                .as("what jdeps misses")
                .isEmpty();
        assertThat(said.toString()).doesNotContain("Error:");
    }

    @Test
    void jarsForJames39ShouldBeThoseForJames38WithOtherNames() throws IOException {
        assertThat(names(FOR_39.plugin())).containsExactlyInAnyOrderElementsOf(names(FOR_38.plugin()));
        assertThat(names(FOR_39.mailets())).containsExactlyInAnyOrderElementsOf(names(FOR_38.mailets()));
        for (Path jar : List.of(FOR_38.plugin(), FOR_38.mailets())) {
            assertThat(named(jar, "jakarta/(mail|inject|annotation)/"))
                    .as("in %s", jar)
                    .isEmpty();
        }
        for (Path jar : List.of(FOR_39.plugin(), FOR_39.mailets())) {
            assertThat(named(jar, "javax[/.](mail|inject)[/.]|javax[/.]annotation[/.]P"))
                    .as("in %s", jar)
                    .isEmpty();
        }
        assertThat(named(FOR_39.plugin(), "jakarta/mail/Flags")).isNotEmpty();
        assertThat(named(FOR_39.plugin(), "jakarta/inject/Inject")).isNotEmpty();
        assertThat(named(FOR_39.mailets(), "jakarta/inject/Inject")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void classesShouldRunOnJava17(DropIn jars) throws IOException {
        for (Path file : List.of(jars.plugin(), jars.mailets())) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (JarEntry entry : classFiles(jar)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        byte[] start = in.readNBytes(8);
                        assertThat(start[6] << 8 | start[7] & 0xFF)
                                .as(entry.getName())
                                .isLessThanOrEqualTo(CLASS_FILES_OF_JAVA_17);
                    }
                }
            }
        }
    }

    @Test
    void serverShouldNotHaveThePluginOnItsClassPath() throws IOException {
        try (Stream<Path> lib = Files.list(LAYOUT.resolve("lib"))) {
            for (Path jar : lib.toList()) {
                assertThat(classes(jar))
                        .as(jar.toString())
                        .noneMatch(name -> name.startsWith("org/mailroom/mailbox/")
                                || name.startsWith("org/mailroom/search/")
                                || name.startsWith("org/mailroom/mailets/"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairsAndJdks")
    void pluginShouldOpenAnIndexBesideTheLuceneOfJames(DropIn jars, Jdk jdk, @TempDir Path directory) throws Exception {
        String classPath = Path.of(System.getProperty("mailroom.lucene-of-james"), "*")
                + File.pathSeparator
                + Path.of(IndexBesideOldLucene.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
        Process process = new ProcessBuilder(
                        jdk.java().toString(),
                        "-cp",
                        classPath,
                        IndexBesideOldLucene.class.getName(),
                        jars.plugin().toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("old Lucene 3.6.2").contains("documents 1");
        if (jdk.feature() >= 21) {
            assertThat(said).as("the multi-release classes are in use").contains("MemorySegmentIndexInput");
        }
        assertThat(process.exitValue()).isZero();
    }

    /** The classes in whose files {@code pattern} is found; those for newer releases of Java are left out. */
    private static List<String> named(Path file, String pattern) throws IOException {
        Pattern name = Pattern.compile(pattern);
        List<String> found = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : classFiles(jar)) {
                try (InputStream in = jar.getInputStream(entry)) {
                    if (name.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .find()) {
                        found.add(entry.getName());
                    }
                }
            }
        }
        return found;
    }

    private static List<JarEntry> classFiles(JarFile jar) {
        return jar.stream()
                .filter(entry ->
                        entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/"))
                .toList();
    }

    private static List<String> providers(JarFile jar, JarEntry service) throws IOException {
        try (InputStream in = jar.getInputStream(service)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    /** Class files by the names that class loaders see, whatever the release they are for. */
    private static List<String> classes(Path jar) throws IOException {
        return names(jar).stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                .toList();
    }
}
