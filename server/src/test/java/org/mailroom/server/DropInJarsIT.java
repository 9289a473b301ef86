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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.server.harness.Jdk;

/** The two JARs an admin drops into extensions-jars/. */
class DropInJarsIT {
    private static final Path LAYOUT = Path.of(System.getProperty("mailroom.layout"));
    private static final Path PLUGIN = LAYOUT.resolve("extensions-jars").resolve("mailbox-plugin.jar");
    private static final Path MAILETS = LAYOUT.resolve("extensions-jars").resolve("mailets.jar");

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @Test
    void pluginShouldHoldNoClassOutsideItsOwnPackage() throws IOException {
        assertThat(classes(PLUGIN))
                .contains("org/mailroom/search/query/SearchKey.class")
                .contains("org/mailroom/shaded/lucene/index/IndexWriter.class")
                .allMatch(name -> name.startsWith("org/mailroom/"));
    }

    @Test
    void pluginShouldRelocateMultiReleaseClassesAndSayThatItHasSome() throws IOException {
        try (JarFile jar = new JarFile(PLUGIN.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE))
                    .isEqualTo("true");
            for (String version : List.of("19", "20", "21")) {
                assertThat(names(PLUGIN))
                        .contains("META-INF/versions/" + version
                                + "/org/mailroom/shaded/lucene/store/MemorySegmentIndexInputProvider.class");
            }
        }
    }

    @Test
    void servicesOfPluginShouldNameClassesThatAreInIt() throws IOException {
        List<String> classes = classes(PLUGIN);
        try (JarFile jar = new JarFile(PLUGIN.toFile())) {
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

    @Test
    void mailetsShouldHoldTheirOwnClassesOnly() throws IOException {
        assertThat(classes(MAILETS)).isNotEmpty().allMatch(name -> name.startsWith("org/mailroom/mailets/"));
    }

    @Test
    void bothShouldNeedNothingThatJamesDoesNotShip() throws IOException {
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
                    PLUGIN.toString(),
                    MAILETS.toString());
        }
        assertThat(said.toString().lines().filter(line -> line.contains("not found")))
                .as("what jdeps misses")
                .isEmpty();
        assertThat(said.toString()).doesNotContain("Error:");
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
    @MethodSource("jdks")
    void pluginShouldOpenAnIndexBesideTheLuceneOfJames(Jdk jdk, @TempDir Path directory) throws Exception {
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
                        PLUGIN.toString(),
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
