/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what can be checked of the documentation: its links, and the options and classes that it names. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Pattern CLASS = Pattern.compile("\\borg\\.mailroom(?:\\.[a-z]+)+\\.[A-Z]\\w+");
    private static final Pattern SHORT_CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)(?:\\.[a-z]\\w*)?`");
    private static final Pattern PROPERTY = Pattern.compile("-D(benchmark|test|mailroom|jmh)\\.([\\w.-]+?)=");
    private static final Pattern ROUTE =
            Pattern.compile("service\\.(get|post|delete|put)\\(BASE(?: \\+ \"([^\"]*)\")?");
    private static final Pattern PROFILE = Pattern.compile("\\bmvn [^\\n]*?-P([a-z]+)");
    private static final Pattern MODULE = Pattern.compile("\\bmvn [^\\n]*?-pl ([a-z-]+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** @param file as seen from the root */
    private static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        List<String> broken = LINK.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("https?://.*"))
                .filter(link -> !leadsSomewhere(page, link))
                .toList();

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String name = hash < 0 ? link : link.substring(0, hash);
        Path target =
                ROOT.resolve(name.isEmpty() ? page : page.resolveSibling(name)).normalize();
        return target.startsWith(ROOT)
                && Files.exists(target)
                && (hash < 0 || anchors(read(target)).contains(link.substring(hash + 1)));
    }

    /** The anchors that a page has on GitHub: headings in lower case, without punctuation, blanks as hyphens. */
    private static Set<String> anchors(String page) {
        Map<String, Integer> used = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(CODE_BLOCK.matcher(page).replaceAll("")).results().forEach(heading -> {
            String anchor = heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int times = used.merge(anchor, 1, Integer::sum);
            anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
        });
        return anchors;
    }

    @Test
    void anchorsAreMadeAsGitHubMakesThem() {
        assertThat(anchors("# Users' own rules\n## `a.b`, c\n## Limits\n```\n# no heading\n```\n### Limits\n"))
                .containsExactlyInAnyOrder("users-own-rules", "ab-c", "limits", "limits-1");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionOfRunIsThere(Path page) {
        assertOptions(page, "\\./run|mailroom/run", read(ROOT.resolve("run")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionOfTheInstallerIsThere(Path page) {
        assertOptions(
                page,
                "install\\.sh",
                read(ROOT.resolve("mailbox-plugin/src/main/java/org/mailroom/mailbox/install/InstallCommand.java")));
    }

    private static void assertOptions(Path page, String command, String script) {
        Set<String> known =
                OPTION.matcher(script).results().map(found -> found.group()).collect(Collectors.toSet());
        List<String> named = new ArrayList<>();
        Pattern.compile("(?:" + command + ")((?: (?![&|])[^\\s`#)]+)+)")
                .matcher(read(page))
                .results()
                .forEach(use -> OPTION.matcher(use.group(1)).results().forEach(option -> named.add(option.group())));

        assertThat(known).contains("--help").containsAll(named);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyClassNamedIsThere(Path page) {
        List<String> missing = CLASS.matcher(read(page))
                .results()
                .map(name -> name.group())
                .distinct()
                .filter(name -> Stream.of("search-index", "mailbox-plugin", "mailets", "server")
                        .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                        .noneMatch(sources -> Files.exists(sources.resolve(name.replace('.', '/') + ".java"))))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassOfTheArchitectureIsThere() throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String module : List.of("search-index", "mailbox-plugin", "mailets", "server")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.forEach(file -> sources.add(file.toString().replace('/', '.')));
            }
        }
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            if (page.startsWith("docs/decisions") || page.endsWith("architecture.md")) {
                SHORT_CLASS.matcher(read(page)).results().forEach(name -> named.add(name.group(1)));
            }
        }

        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(sources)
                .anyMatch(file -> file.endsWith("." + name + ".java")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMavenProfileAndModuleIsThere(Path page) {
        String poms = read(ROOT.resolve("pom.xml"))
                + read(ROOT.resolve("search-index/pom.xml"))
                + read(ROOT.resolve("server/pom.xml"));
        String text = read(page);

        assertThat(PROFILE.matcher(text).results().map(found -> "<id>" + found.group(1) + "</id>"))
                .allSatisfy(profile -> assertThat(poms).contains(profile));
        assertThat(MODULE.matcher(text).results().map(found -> "<module>" + found.group(1) + "</module>"))
                .allSatisfy(module -> assertThat(poms).contains(module));
    }

    @ParameterizedTest
    @CsvSource({
        "/folderRules, mailets/src/main/java/org/mailroom/mailets/webadmin/FolderRulesRoutes.java",
        "/mailroom/searches, mailbox-plugin/src/main/java/org/mailroom/mailbox/webadmin/SearchRoutes.java",
    })
    void everyRouteIsDescribed(String base, Path routes) {
        String page = read(Path.of("docs", "webadmin.md"));

        assertThat(ROUTE.matcher(read(routes))
                        .results()
                        .map(route -> route.group(1).toUpperCase(Locale.ROOT) + " " + base
                                + (route.group(2) == null ? "" : route.group(2).replaceAll(":[a-z]+", "ID"))))
                .isNotEmpty()
                .allSatisfy(route -> assertThat(page).containsPattern("\\| `" + Pattern.quote(route) + "[`?]"));
    }

    @Test
    void everyPropertyIsReadSomewhere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            PROPERTY.matcher(read(page)).results().forEach(found -> named.add(found.group(1) + "." + found.group(2)));
        }
        StringBuilder readers = new StringBuilder(read(ROOT.resolve("pom.xml")));
        for (String module : List.of("search-index", "server")) {
            readers.append(read(ROOT.resolve(module).resolve("pom.xml")));
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> readers.append(read(file)));
            }
        }
        named.removeIf(property -> readers.indexOf(property) >= 0);

        assertThat(named).isEmpty();
    }

    @Test
    void theReadmeFitsOnAFewScreens() {
        assertThat(read(ROOT.resolve("README.md")).lines().count()).isLessThanOrEqualTo(150);
    }
}
