/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/limits.md} names exist. */
class LimitsPageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, List<Path>> classes = testClasses();
        List<MatchResult> named = NAMED.matcher(Files.readString(ROOT.resolve("docs/limits.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(30);
        for (MatchResult test : named) {
            assertThat(classes.getOrDefault(test.group(1), List.of()))
                    .as(test.group())
                    .anySatisfy(file -> assertThat(Files.readString(file)).contains("void " + test.group(2) + "("));
        }
    }

    /** By their names, which several modules may use. */
    private static Map<String, List<Path>> testClasses() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : List.of("search-index", "mailbox-plugin", "mailets", "server")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all.stream()
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString().replace(".java", "")));
    }
}
