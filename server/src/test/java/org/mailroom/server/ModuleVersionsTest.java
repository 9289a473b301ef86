/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Modules that only some builds contain have the version of the others: a release changes all of them. */
class ModuleVersionsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PROJECT = Pattern.compile(
            "<groupId>org\\.mailroom</groupId>\\s*<artifactId>mailroom</artifactId>\\s*<version>([^<]+)</version>");

    @Test
    void everyModuleHasTheVersionOfTheProject() throws IOException {
        Map<Path, String> versions = new TreeMap<>();
        try (Stream<Path> files = Files.find(ROOT, 3, (file, attributes) -> file.endsWith("pom.xml"))) {
            for (Path pom : files.toList()) {
                Matcher version = PROJECT.matcher(Files.readString(pom));
                versions.put(ROOT.relativize(pom), version.find() ? version.group(1) : "none found");
            }
        }
        String own = versions.get(Path.of("pom.xml"));

        assertThat(versions).containsKey(Path.of("server", "tika", "pom.xml"));
        assertThat(versions.values()).as("versions of %s", versions).containsOnly(own);
        assertThat(own).isNotEqualTo("none found");
    }
}
