/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

class CurrentRulesTest {
    private static final String RIGHT = "<folder-rules><rule name='one' on='demand'><when>ALL</when>"
            + "<actions><keep/></actions></rule></folder-rules>";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("folder-rules.xml");
    }

    private CurrentRules rules() throws Exception {
        return CurrentRules.of(
                new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)), new CurrentRules.Source() {
                    @Override
                    public String name() {
                        return "folder-rules.xml";
                    }

                    @Override
                    public Optional<InputStream> open() throws IOException {
                        return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
                    }
                });
    }

    @Test
    void noFileShouldMeanNoRules() throws Exception {
        assertThat(rules().get()).isEqualTo(RuleBook.EMPTY);
    }

    @Test
    void changedFileShouldBeInForceOnceItIsReadAgain() throws Exception {
        CurrentRules rules = rules();
        Files.writeString(file, RIGHT);
        assertThat(rules.get().rules()).isEmpty();

        assertThat(rules.reload().rules()).hasSize(1);
        assertThat(rules.get().rules()).hasSize(1);

        Files.delete(file);
        rules.reload();
        assertThat(rules.get().rules()).isEmpty();
    }

    @Test
    void wrongFileShouldBeRefusedAsAWholeAndLeaveTheRulesBefore() throws Exception {
        Files.writeString(file, RIGHT);
        CurrentRules rules = rules();
        RuleBook before = rules.get();
        Files.writeString(
                file,
                RIGHT.replace(
                        "</folder-rules>",
                        "<rule name='two' on='demand'><when>WHAT</when><actions><stop/></actions></rule></folder-rules>"));

        assertThatThrownBy(rules::reload)
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("rule 'two'");
        assertThat(rules.get()).isSameAs(before);
    }

    @Test
    void wrongFileShouldBeRefusedAtTheStart() throws Exception {
        Files.writeString(file, "<folder-rules><rule/></folder-rules>");

        assertThatThrownBy(this::rules).isInstanceOf(FolderRulesException.class);
    }
}
