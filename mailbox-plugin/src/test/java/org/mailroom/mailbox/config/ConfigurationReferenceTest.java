/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.util.DurationParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the table of docs/operations.md and the comments of conf/search-index.xml with what {@link SearchIndexFile} reads. */
class ConfigurationReferenceTest {
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");
    private static final Pattern RANGE = Pattern.compile("(\\d+)([a-z]*) to (\\d+)([a-z]*)");
    private static final String SIGNATURE_FIELDS = "signature-fields.field";

    /** A line of the table. */
    record Row(String element, String standard, String bounds) {

        static Row of(String line) {
            String[] cells = line.split("(?<!\\\\)\\|");
            String first = cells[1];
            String element =
                    NAME.matcher(first).results().map(name -> name.group(1)).collect(Collectors.joining("."));
            return new Row(
                    first.contains("attribute") ? "[@" + element + "]" : element,
                    cells[2].strip().replace("`", ""),
                    cells[3].strip().replace("`", ""));
        }

        /** The values that are within the bounds, at their ends. */
        List<String> allowed() {
            Matcher range = RANGE.matcher(bounds);
            if (!range.find()) {
                return isChoice() ? Arrays.asList(bounds.split(", ")) : List.of();
            }
            List<String> ends = List.of(range.group(1) + range.group(2), range.group(3) + range.group(4));
            return bounds.endsWith(" or off")
                    ? Stream.concat(ends.stream(), Stream.of("off")).toList()
                    : ends;
        }

        /** Values just outside the bounds. */
        List<String> refused() {
            Matcher range = RANGE.matcher(bounds);
            if (!range.find()) {
                return isChoice() ? List.of("perhaps") : List.of();
            }
            if (range.group(2).isEmpty()) {
                return List.of(
                        String.valueOf(Long.parseLong(range.group(1)) - 1),
                        String.valueOf(Long.parseLong(range.group(3)) + 1));
            }
            return List.of(millis(range.toMatchResult(), 1) - 1 + "ms", millis(range.toMatchResult(), 3) + 1 + "ms");
        }

        private static long millis(MatchResult range, int group) {
            return DurationParser.parse(range.group(group) + range.group(group + 1))
                    .toMillis();
        }

        private boolean isChoice() {
            return bounds.matches("[a-z]+, [a-z]+");
        }

        @Override
        public String toString() {
            return element;
        }
    }

    static List<Row> rows() {
        String page = text("docs", "operations.md");
        String chapter =
                page.substring(page.indexOf("\n## Configuration reference"), page.indexOf("\n## Health check"));
        return chapter.lines()
                .filter(line -> line.startsWith("| `"))
                .map(Row::of)
                .toList();
    }

    private static String text(String directory, String file) {
        try {
            return Files.readString(Path.of("..", directory, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTableHasEveryElementOnce() {
        Set<String> leaves = SearchIndexFile.ELEMENTS.stream()
                .filter(element ->
                        SearchIndexFile.ELEMENTS.stream().noneMatch(other -> other.startsWith(element + ".")))
                .collect(Collectors.toSet());

        assertThat(rows().stream().map(Row::element)).containsExactlyInAnyOrderElementsOf(leaves);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTableHasTheDefault(Row row) throws Exception {
        switch (row.element()) {
            case "index-attachments" -> {
                assertThat(SearchIndexConfiguration.DEFAULT.indexAttachments()).isEmpty();
                assertThat(row.standard()).isEqualTo("where James has Tika");
            }
            case "search-threads-per-user" -> {
                assertThat(row.standard()).isEqualTo("the number of processors");
                assertThat(SearchIndexConfiguration.DEFAULT.searchThreadsPerUser())
                        .isEqualTo(Runtime.getRuntime().availableProcessors());
            }
            default -> assertThat(read(row, row.standard())).isEqualTo(SearchIndexConfiguration.DEFAULT);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTableHasTheBounds(Row row) {
        for (String value : row.allowed()) {
            assertThatCode(() -> read(row, value)).as("%s = %s", row, value).doesNotThrowAnyException();
        }
        for (String value : row.refused()) {
            assertThatThrownBy(() -> read(row, value))
                    .as("%s = %s", row, value)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'" + value + "'");
        }
    }

    @Test
    void onlyTextsHaveNoBounds() {
        assertThat(rows().stream().filter(row -> row.allowed().isEmpty()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.bounds()).containsPattern("location|names|URL"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theSampleFileHasTheSameBounds(Row row) {
        String sample = text("conf", "search-index.xml");
        if (RANGE.matcher(row.bounds()).find()) {
            String leaf = row.element().substring(row.element().indexOf('.') + 1);
            Matcher line =
                    Pattern.compile("^\\s*<" + leaf + ">", Pattern.MULTILINE).matcher(sample);
            assertThat(line.find()).as("<%s> begins a line", leaf).isTrue();
            int element = line.end();
            String comment = sample.substring(sample.lastIndexOf("<!--", element), element);

            assertThat(comment.replaceAll("\\s+", " ")).contains(row.bounds());
        }
    }

    private static SearchIndexConfiguration read(Row row, String value) throws ConfigurationException {
        return SearchIndexFile.read(FileConfigurationProvider.getConfig(
                new ByteArrayInputStream(file(row, value).getBytes(StandardCharsets.UTF_8))));
    }

    private static String file(Row row, String value) {
        if (row.element().startsWith("[@")) {
            return "<search-index " + row.element().substring(2, row.element().length() - 1) + "=\"" + value + "\"/>";
        }
        String content = row.element().equals(SIGNATURE_FIELDS)
                ? "<field>" + String.join("</field><field>", value.split(", ")) + "</field>"
                : value;
        List<String> parents = List.of(row.element().split("\\."));
        boolean isInside = parents.size() > 1 && !row.element().equals(SIGNATURE_FIELDS);
        String element = isInside ? "<" + parents.get(1) + ">" + content + "</" + parents.get(1) + ">" : content;
        return "<search-index><" + parents.get(0) + ">" + element + "</" + parents.get(0) + "></search-index>";
    }

    /** Guards the test itself: a table that nobody finds would be right in everything. */
    @Test
    void timesAreComparedAsTimes() {
        Row row = Row.of("| `a` | `1m` | 100ms to 1h, or `off` | x |");

        assertThat(row.allowed()).containsExactly("100ms", "1h", "off");
        assertThat(row.refused()).containsExactly("99ms", Duration.ofHours(1).toMillis() + 1 + "ms");
    }
}
