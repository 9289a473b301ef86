/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** How much a rules file may hold, and what it costs to refuse more. */
class RulesFileLimitsTest {
    private static final FolderRulesFile FILE = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT));

    private static RuleBook read(String... lines) throws Exception {
        byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return FILE.read(new ByteArrayInputStream(file), "folder-rules.xml");
    }

    /** The JDK's parser does not tell its steps, but a pattern in the schema has it take hours here, and else a second. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void longTextsCostNoMoreThanTheirLength() {
        String letters = "x".repeat(1_000_000);
        assertThat(catchThrowableOfType(
                                FolderRulesException.class,
                                () -> read(
                                        "<folder-rules><rule name='" + letters + "' on='demand'>",
                                        "<when>ALL</when><actions><keep/></actions></rule></folder-rules>"))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("more than 200 characters"));
        for (String blanks :
                List.of(" ".repeat(1_000_000), "\n".repeat(1_000_000), "x" + " ".repeat(1_000_000) + "y")) {
            FolderRulesException refused = catchThrowableOfType(
                    FolderRulesException.class,
                    () -> read(
                            "<folder-rules><rule name='a' on='demand'>",
                            "<when>" + blanks + "</when><actions><keep/></actions></rule></folder-rules>"));
            assertThat(refused.getMessage()).hasSizeLessThan(5_000);
        }
    }

    @Test
    void theSchemaHasNoPattern() throws Exception {
        try (InputStream schema = FolderRulesFile.class.getResourceAsStream("folder-rules.xsd")) {
            assertThat(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("xs:pattern");
        }
    }

    @Test
    void aUsersRulesAreMeasuredBeforeTheyAreRead() {
        FolderRulesFile file = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT));
        AtomicLong octets = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                octets.incrementAndGet();
                return 'x';
            }
        };
        assertThatThrownBy(() -> file.readOf(Username.of("alice"), List.of(), endless, "rules"))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("65536 octets at most");
        assertThat(octets.get()).isLessThan(200_000);
    }

    @Test
    void aUserHasAHundredRules() throws Exception {
        assertThat(readOfUser(100)).hasSize(100);
        assertThatThrownBy(() -> readOfUser(101))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("a user has at most 100 rules");
    }

    private static List<FolderRule> readOfUser(int rules) throws Exception {
        String all = IntStream.range(0, rules)
                .mapToObj(i -> "<rule name='" + i + "' on='demand'><when>ALL</when><actions><keep/></actions></rule>")
                .collect(Collectors.joining("", "<folder-rules>", "</folder-rules>"));
        return FILE.readOf(
                Username.of("alice"),
                List.of(),
                new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)),
                "rules");
    }

    @Test
    void aFileIsMeasuredBeforeItIsRead() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThatThrownBy(() -> FILE.read(endless, "folder-rules.xml"))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("10000000 octets at most");
    }
}
