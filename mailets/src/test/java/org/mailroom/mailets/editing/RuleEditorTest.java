/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.editing.RuleVersion.Author;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

class RuleEditorTest {
    private static final String FILE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- Ours. <rule name="not me"/> -->
            <folder-rules user-rules="true">
              <limits journal-days="30" history-versions="5"/>

              <!-- bills first -->
              <rule name="bills &amp; more"   on="delivery">
                <when>SUBJECT invoice</when> <!-- or bill -->
                <actions><fileInto>Bills</fileInto></actions>
              </rule>

              <rule name='lists' on="demand"><when><![CDATA[HEADER List-Id "<rule>"]]></when><actions><keep/></actions></rule>
            </folder-rules>
            """;

    private static final Author ANN = new Author(Optional.of("ann"), "127.0.0.1", "ticket 7");

    @TempDir
    private Path directory;

    private Path file;
    private boolean diskFull;
    private CurrentRules rules;
    private RuleEditor editor;

    @BeforeEach
    void begin() throws Exception {
        file = directory.resolve("folder-rules.xml");
        Files.writeString(file, FILE);
        restart();
    }

    private void restart() throws Exception {
        rules = CurrentRules.of(new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)), new Source());
        editor = new RuleEditor(
                rules,
                directory.resolve("history"),
                Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC));
        editor.started();
    }

    private final class Source implements CurrentRules.Source {
        @Override
        public String name() {
            return "folder-rules.xml";
        }

        @Override
        public Optional<InputStream> open() throws IOException {
            return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
        }

        @Override
        public void write(byte[] text) throws IOException {
            if (diskFull) {
                throw new IOException("disk full");
            }
            Files.write(file, text);
        }
    }

    private static String rule(String name, String subject) {
        return "<rule name=\"" + name + "\" on=\"delivery\">\n    <when>SUBJECT " + subject
                + "</when>\n    <actions><keep/></actions>\n  </rule>";
    }

    private static RuleDraft draft(String xml) throws FolderRulesException {
        return RuleDraft.of(xml.getBytes(StandardCharsets.UTF_8));
    }

    private Precondition asItIs(String name) throws EditRefusedException {
        return Precondition.of(
                RuleEditor.text(rules.inForce()).version(name).map(version -> '"' + version + '"'), Optional.empty());
    }

    private Precondition wholeAsItIs() throws EditRefusedException {
        return Precondition.of(Optional.of(rules.inForce().content().version()), Optional.empty());
    }

    private static Precondition absent() throws EditRefusedException {
        return Precondition.of(Optional.empty(), Optional.of("*"));
    }

    private List<String> names() {
        return rules.get().rules().stream().map(FolderRule::name).toList();
    }

    @Test
    void changedRuleStandsInItsPlaceAndEveryOtherCharacterStays() throws Exception {
        editor.put(draft(rule("bills &amp; more", "bill")), Optional.empty(), asItIs("bills & more"), ANN);

        String old = FILE.substring(FILE.indexOf("<rule name=\"bills"), FILE.indexOf("</rule>") + "</rule>".length());
        assertThat(file).hasContent(FILE.replace(old, rule("bills &amp; more", "bill")));
        assertThat(rules.get().rules().get(0).whenText()).isEqualTo("SUBJECT bill");
    }

    @Test
    void newRuleComesLastOrBeforeAnother() throws Exception {
        editor.put(draft(rule("third", "x")), Optional.empty(), absent(), ANN);
        editor.put(draft(rule("first", "y")), Optional.of("bills & more"), absent(), ANN);
        assertThat(names()).containsExactly("first", "bills & more", "lists", "third");

        editor.put(draft(rule("third", "x")), Optional.of("lists"), asItIs("third"), ANN);
        assertThat(names()).containsExactly("first", "bills & more", "third", "lists");
        assertThat(editor.versions().get(0).changes().order()).isTrue();
        assertThat(file).content().contains("<!-- bills first -->", "<!-- or bill -->", "<!-- Ours.");
    }

    @Test
    void deletedRuleLeavesTheOthersAsTheyAre() throws Exception {
        editor.delete("lists", asItIs("lists"), ANN);

        assertThat(names()).containsExactly("bills & more");
        assertThat(file)
                .hasContent(FILE.lines()
                        .filter(line -> !line.contains("name='lists'"))
                        .reduce("", (before, line) -> before + line + "\n"));
        assertThatThrownBy(() -> editor.delete("lists", wholeAsItIs(), ANN))
                .isInstanceOf(EditRefusedException.class)
                .hasMessage("there is no rule 'lists'");
    }

    @Test
    void ruleIsCreatedWhereThereAreNoneAndWhereThereIsNoFile() throws Exception {
        for (String empty :
                List.of("<folder-rules/>", "<folder-rules user-rules='true' />", "<folder-rules></folder-rules>", "")) {
            if (empty.isEmpty()) {
                Files.delete(file);
            } else {
                Files.writeString(file, empty);
            }
            rules.reload();

            editor.put(draft(rule("one", "x")), Optional.empty(), absent(), ANN);

            assertThat(names()).containsExactly("one");
            assertThat(rules.get().userRules()).isEqualTo(empty.contains("true"));
        }
    }

    @Test
    void changeForAnotherVersionIsRefusedAndChangesNothing() throws Exception {
        Precondition before = asItIs("lists");
        editor.put(draft(rule("lists", "x")), Optional.empty(), before, ANN);
        String now = Files.readString(file);

        assertThatThrownBy(() -> editor.put(draft(rule("lists", "y")), Optional.empty(), before, ANN))
                .isInstanceOfSatisfying(EditRefusedException.class, e -> assertThat(e.reason())
                        .isEqualTo(EditRefusedException.Reason.OTHER_VERSION))
                .hasMessageContaining("rule 'lists' has changed");
        assertThatThrownBy(() -> editor.put(draft(rule("lists", "y")), Optional.empty(), absent(), ANN))
                .hasMessageContaining("rule 'lists' is there already");
        assertThatThrownBy(() -> editor.put(draft(rule("other", "y")), Optional.empty(), wholeAsItIs(), ANN))
                .hasMessageContaining("rule 'other' is not there");
        assertThatThrownBy(() -> Precondition.of(Optional.empty(), Optional.empty()))
                .hasMessageContaining("If-Match");
        assertThat(file).hasContent(now);
    }

    @Test
    void wrongRuleIsRefusedWithItsOwnLines() throws Exception {
        assertThatThrownBy(() -> editor.put(draft("\n\n" + rule("new", "x\" WHAT")), Optional.empty(), absent(), ANN))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageStartingWith("the rule sent, line 4, rule 'new': <when> is no IMAP search expression");
        assertThatThrownBy(() -> editor.put(
                        draft("<rule name='new' on='often'>\n<when>ALL</when></rule>"),
                        Optional.empty(),
                        absent(),
                        ANN))
                .hasMessageContaining("the rule sent, line 1, rule 'new': Value 'often'")
                .hasMessageContaining(
                        "the rule sent, line 2, rule 'new': The content of element 'rule' is not complete");
        assertThat(file).hasContent(FILE);
        assertThat(editor.versions()).hasSize(1);
    }

    @Test
    void whatIsNotOneRuleIsRefused() {
        for (String sent : List.of(
                "",
                "rule",
                "<rule name='x'/><rule name='y'/>",
                "<folder-rules/>",
                "<rule on='demand'/>",
                "<!DOCTYPE rule [<!ENTITY e 'x'>]><rule name='x'>&e;</rule>",
                "<rule name='x'></rule></folder-rules><folder-rules>")) {
            assertThatThrownBy(() -> draft(sent))
                    .as(sent)
                    .isInstanceOf(FolderRulesException.class)
                    .hasMessageContaining("the rule sent, line 1");
        }
    }

    @Test
    void fileThatWasEditedByHandIsNotOverwrittenAndBecomesAVersion() throws Exception {
        String edited = FILE.replace("SUBJECT invoice", "SUBJECT receipt");
        Files.writeString(file, edited);

        assertThatThrownBy(() -> editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN))
                .isInstanceOfSatisfying(EditRefusedException.class, e -> assertThat(e.reason())
                        .isEqualTo(EditRefusedException.Reason.EDITED_BY_HAND));
        assertThat(file).hasContent(edited);

        editor.reload(ANN);
        RuleVersion newest = editor.versions().get(0);
        assertThat(newest.action()).isEqualTo("reload");
        assertThat(newest.changes().changed()).containsExactly("bills & more");
        editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN);
        assertThat(names()).hasSize(3);
    }

    @Test
    void versionsAreKeptAcrossRestartsAndOneGoesBackToThem() throws Exception {
        editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN);
        restart();
        editor.delete("lists", asItIs("lists"), ANN);

        List<RuleVersion> versions = editor.versions();
        assertThat(versions).extracting(RuleVersion::id).containsExactly(3, 2, 1);
        assertThat(versions).extracting(RuleVersion::action).containsExactly("delete", "put", "start");
        assertThat(versions.get(0).changes().removed()).containsExactly("lists");
        assertThat(versions.get(1).changes().added()).containsExactly("new");
        assertThat(versions.get(1))
                .extracting(RuleVersion::who, RuleVersion::comment)
                .containsExactly("ann", "ticket 7");

        editor.restore(1, wholeAsItIs(), ANN);
        assertThat(file).hasContent(FILE);
        assertThat(editor.versions().get(0).action()).isEqualTo("restore 1");
        assertThatThrownBy(() -> editor.restore(9, wholeAsItIs(), ANN)).hasMessageContaining("no version 9");
    }

    @Test
    void asManyVersionsAreKeptAsConfiguredForNobodyElseToRead() throws Exception {
        for (int i = 0; i < 7; i++) {
            editor.put(draft(rule("new" + i, "x")), Optional.empty(), absent(), ANN);
        }

        assertThat(editor.versions()).extracting(RuleVersion::id).containsExactly(8, 7, 6, 5, 4);
        try (Stream<Path> files = Files.list(directory.resolve("history"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(11);
            for (Path kept : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                        .as("%s", kept)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("history"))))
                .isEqualTo("rwx------");
    }

    @Test
    void longCommentIsCut() throws Exception {
        Author talkative = new Author(Optional.empty(), "127.0.0.1", "a\n" + "x".repeat(2_000));
        editor.put(draft(rule("new", "x")), Optional.empty(), absent(), talkative);

        assertThat(editor.versions().get(0).comment()).hasSize(1_000).startsWith("a x");
        assertThat(editor.versions().get(0).who()).isEqualTo("127.0.0.1");
    }

    @Test
    void changeThatCannotBeWrittenLeavesNoVersion() throws Exception {
        diskFull = true;
        assertThatThrownBy(() -> editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN))
                .isInstanceOf(IOException.class);

        assertThat(names()).containsExactly("bills & more", "lists");
        assertThat(editor.versions()).hasSize(1);
    }

    @Test
    void versionThatTheServerEndedInIsKeptWhereTheFileHasIt() throws Exception {
        editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN);
        Path history = directory.resolve("history");
        Files.move(history.resolve("2.json"), history.resolve("2.begun"));
        restart();
        assertThat(editor.versions()).extracting(RuleVersion::action).containsExactly("put", "start");

        Files.move(history.resolve("2.json"), history.resolve("2.begun"));
        Files.writeString(file, FILE);
        restart();
        assertThat(editor.versions()).extracting(RuleVersion::action).containsExactly("start");
        assertThat(history.resolve("2.xml")).doesNotExist();
    }

    @Test
    void damagedVersionIsLeftOut() throws Exception {
        editor.put(draft(rule("new", "x")), Optional.empty(), absent(), ANN);
        Files.writeString(directory.resolve("history").resolve("1.json"), "{\"id\":");

        assertThat(editor.versions()).extracting(RuleVersion::id).containsExactly(2);
        editor.put(draft(rule("newer", "x")), Optional.empty(), absent(), ANN);
        assertThat(editor.versions()).extracting(RuleVersion::id).containsExactly(3, 2);
    }

    @Test
    void encodingAndLineEndsOfTheFileStay() throws Exception {
        Charset latin = StandardCharsets.ISO_8859_1;
        String text = FILE.replace("UTF-8", "ISO-8859-1").replace("Ours", "Üns").replace("\n", "\r\n");
        Files.write(file, text.getBytes(latin));
        rules.reload();

        editor.put(draft(rule("größe", "ü")), Optional.empty(), absent(), ANN);
        assertThat(names()).contains("größe");
        assertThat(new String(Files.readAllBytes(file), latin))
                .contains("Üns", "</rule>\r\n\r\n  <rule name=\"größe\"");
        assertThatThrownBy(() -> editor.put(draft(rule("лист", "x")), Optional.empty(), absent(), ANN))
                .hasMessageContaining("ISO-8859-1");
    }
}
