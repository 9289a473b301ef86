/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.trial.Trial;

/** Mail that comes in by SMTP, under folder rules, as IMAP shows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FolderRulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A rule for each word that a subject may have. */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("numbat", "<fileInto>A</fileInto>"),
            Map.entry("dugong", "<fileInto create='true'>Made/by/rule</fileInto><addFlag>\\Seen Work</addFlag>"),
            Map.entry("echidna", "<fileInto>A</fileInto><fileInto>B</fileInto><copyInto>C</copyInto>"),
            Map.entry("galah", "<copyInto>A</copyInto><addFlag>\\Flagged</addFlag>"),
            Map.entry("brolga", "<addFlag>\\Answered \\Flagged Work</addFlag><removeFlag>work</removeFlag>"),
            Map.entry("quokka", "<addFlag>x</addFlag><setFlag>\\Draft y</setFlag>"),
            Map.entry("wombat", "<discard/><addFlag>\\Seen</addFlag>"),
            Map.entry("dingo", "<discard expunge='true'/>"),
            Map.entry("taipan", "<discard expunge='true'/><copyInto>B</copyInto>"),
            Map.entry("cassowary", "<fileInto>A</fileInto><keep/>"),
            Map.entry("bilby", "<fileInto>Missing</fileInto><addFlag>x</addFlag>"),
            Map.entry("potoroo", "<toProcessor>stamped</toProcessor>"));

    private JamesProcess james;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        configure(directory, rules());
        james = JamesProcess.in(directory).start();
        for (String user : List.of(Trial.ALICE, Trial.BOB)) {
            try (ImapConnection imap = james.imap(user)) {
                for (String folder : List.of("A", "B", "C")) {
                    imap.command("CREATE " + folder).orFail();
                }
            }
        }
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private static String rules() {
        StringBuilder rules = new StringBuilder("<folder-rules>\n")
                .append("<rule name='for alice' on='delivery'><users><user>alice@*</user></users>")
                .append("<when>SUBJECT emu</when>")
                .append("<actions><fileInto>A</fileInto><addFlag>Hers</addFlag><stop/></actions></rule>\n")
                .append("<rule name='for others' on='delivery'><users><domain>localhost</domain></users>")
                .append(
                        "<when>SUBJECT emu</when><actions><fileInto>B</fileInto><copyInto>C</copyInto></actions></rule>\n");
        ACTIONS.forEach((word, actions) -> rules.append("<rule name='")
                .append(word)
                .append("' on='delivery'>")
                .append("<when>SUBJECT ")
                .append(word)
                .append(" BODY \"of the bush\"</when>")
                .append("<actions>")
                .append(actions)
                .append("</actions></rule>\n"));
        return rules.append("</folder-rules>\n").toString();
    }

    /** The project's configuration with these rules, a processor for them, and the small mailets. */
    private static void configure(Path directory, String rules) throws IOException {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("folder-rules.xml"), rules);
        String mailets = Files.readString(JamesProcess.layout().resolve("conf").resolve("mailetcontainer.xml"));
        String changed = mailets.replace(
                "<processor state=\"local-delivery\" enableJmx=\"false\">",
                """
                        <processor state="stamped" enableJmx="false">
                          <mailet match="All" class="AddSubjectPrefix">
                            <subjectPrefix>[stamped]</subjectPrefix>
                          </mailet>
                          <mailet match="All" class="ToProcessor">
                            <processor>local-delivery</processor>
                          </mailet>
                        </processor>
                        <processor state="local-delivery" enableJmx="false">
                          <mailet match="org.mailroom.mailets.SearchMatches=SUBJECT kowari" class="org.mailroom.mailets.FileInto">
                            <folder>Small</folder>
                            <create>true</create>
                          </mailet>
                          <mailet match="org.mailroom.mailets.SearchMatches=SUBJECT kowari" class="org.mailroom.mailets.AddFlag">
                            <flags>\\Flagged Little</flags>
                          </mailet>
                        """);
        assertThat(changed).isNotEqualTo(mailets);
        Files.writeString(conf.resolve("mailetcontainer.xml"), changed);
    }

    private void send(String subject, String recipients) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject(subject);
        message.setText("A song of the bush.");
        message.saveChanges();
        james.send(message, recipients);
    }

    private void assertArrives(String user, String subject, String expected) {
        Awaitility.await(subject + " for " + user).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        MailShown.of(james, user, subject))
                .hasToString(expected));
    }

    private void awaitLog(String... pieces) {
        Awaitility.await(String.join(" ", pieces)).atMost(PATIENCE).until(() -> james.logged()
                .lines()
                .anyMatch(line -> Arrays.stream(pieces).allMatch(line::contains)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numbat | {A=[]}",
                "dugong | {Made.by.rule=[Work, seen]}",
                "echidna | {A=[], B=[], C=[]}",
                "galah | {A=[flagged], INBOX=[flagged]}",
                "brolga | {INBOX=[answered, flagged]}",
                "quokka | {INBOX=[draft, y]}",
                "wombat | {Trash=[seen]}",
                "taipan | {B=[]}",
                "cassowary | {A=[], INBOX=[]}",
                "lyrebird | {INBOX=[]}",
                "kowari | {Small=[Little, flagged]}",
            })
    void actionShouldShowInTheMailboxes(String word, String expected) throws Exception {
        String subject = "The " + word + " at dawn";
        send(subject, Trial.ALICE);

        assertArrives(Trial.ALICE, subject, expected);
    }

    @Test
    void expungedMailShouldBeGone() throws Exception {
        send("A dingo howls", Trial.ALICE);
        awaitLog("is discarded by dingo");

        assertThat(MailShown.of(james, Trial.ALICE, "A dingo howls")).isEmpty();
    }

    @Test
    void mailForAMissingFolderShouldBeKeptInTheInboxAndLogged() throws Exception {
        send("A bilby digs", Trial.ALICE);

        assertArrives(Trial.ALICE, "A bilby digs", "{INBOX=[x]}");
        awaitLog("is not filed into Missing by rule 'bilby': there is no such folder");
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            assertThat(imap.command("STATUS Missing (MESSAGES)").ok()).isFalse();
        }
    }

    @Test
    void mailForAProcessorShouldGoThroughItOnce() throws Exception {
        send("A potoroo hops", Trial.ALICE);

        assertArrives(Trial.ALICE, "[stamped] A potoroo hops", "{INBOX=[]}");
        assertThat(MailShown.of(james, Trial.ALICE, "A potoroo hops")).hasToString("{INBOX=[]}");
    }

    @Test
    void everyRecipientShouldHaveTheirOwnOutcome() throws Exception {
        send("An emu runs", Trial.ALICE + "," + Trial.BOB);

        assertArrives(Trial.ALICE, "An emu runs", "{A=[Hers]}");
        assertArrives(Trial.BOB, "An emu runs", "{B=[], C=[]}");
    }

    @Test
    void wrongFileShouldStopTheStartAndSayWhereAndWhy(@TempDir Path directory) throws Exception {
        configure(
                directory,
                "<folder-rules>\n<rule name='all right' on='delivery'><when>ALL</when><actions><keep/></actions></rule>\n"
                        + "<rule name='askew' on='delivery'>\n<when>SUBJECT</when>\n<actions><keep/></actions></rule>\n"
                        + "</folder-rules>\n");

        assertThatThrownBy(() -> JamesProcess.in(directory).memory().start())
                .hasMessageContaining("folder-rules.xml, line 4, rule 'askew': <when> is no IMAP search expression");
    }

    @Test
    void unknownProcessorShouldStopTheStart(@TempDir Path directory) throws Exception {
        configure(
                directory,
                "<folder-rules><rule name='one' on='delivery'><when>ALL</when>"
                        + "<actions><toProcessor>nowhere</toProcessor></actions></rule></folder-rules>");

        assertThatThrownBy(() -> JamesProcess.in(directory).memory().start()).hasMessageContaining("nowhere");
    }
}
