/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.trial.Trial;

/** Rules that users write with their IMAP clients, and what becomes of their mail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserRulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ENTRY = "/private/vendor/mailroom/folderrules";

    /** The server's JPA store takes no longer values. */
    private static final int PIECE = 255;

    private JamesProcess james;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(
                conf.resolve("folder-rules.xml"),
                "<folder-rules user-rules='true'><rule name='admin' on='delivery append'><when>SUBJECT emu</when>"
                        + "<actions><addFlag>Bird</addFlag></actions></rule></folder-rules>");
        james = JamesProcess.in(directory).start();
    }

    @AfterAll
    void stop() {
        james.close();
    }

    private static String rules(String when) {
        return "<folder-rules>\n<rule name='mine' on='delivery append'>\n<when>" + when + "</when>\n"
                + "<actions><fileInto create='true'>Mine</fileInto></actions>\n</rule>\n"
                + "<rule name='seen' on='delivery'>\n<when>SUBJECT emu BODY song</when>\n"
                + "<actions><addFlag>\\Seen</addFlag></actions>\n</rule>\n</folder-rules>\n";
    }

    /** A command that writes rules, in pieces that the store takes. James reads one literal in a command, but many strings. */
    private static String inPieces(String rules) {
        String line = rules.replace('\n', ' ');
        StringBuilder command = new StringBuilder("SETMETADATA INBOX (");
        for (int from = 0; from < line.length(); from += PIECE) {
            String piece = line.substring(from, Math.min(line.length(), from + PIECE));
            command.append(from == 0 ? "" : " ")
                    .append(ENTRY)
                    .append(from == 0 ? "" : "/" + from / PIECE)
                    .append(" \"")
                    .append(piece.replace("\\", "\\\\"))
                    .append('"');
        }
        return command.append(')').toString();
    }

    private static String inLiteral(String rules) {
        return "SETMETADATA INBOX (" + ENTRY + " {" + rules.length() + "+}\r\n" + rules + " " + ENTRY + "/1 NIL)";
    }

    private static MimeMessage message(String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject(subject);
        message.setText("A song of the bush.");
        message.saveChanges();
        return message;
    }

    private void assertShown(String user, String subject, String expected) {
        Awaitility.await(subject + " of " + user).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        MailShown.of(james, user, subject))
                .hasToString(expected));
    }

    @Test
    void rulesThatAClientWritesShouldActOnItsUsersMail() throws Exception {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.command(inPieces(rules("SUBJECT emu"))).orFail();

            james.send(message("An emu"), Trial.ALICE + "," + Trial.BOB);
            assertShown(Trial.ALICE, "An emu", "{Mine=[Bird, seen]}");
            assertShown(Trial.BOB, "An emu", "{INBOX=[Bird]}");

            imap.append("INBOX", "Subject: An emu of old\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII), "")
                    .orFail();
            assertShown(Trial.ALICE, "An emu of old", "{Mine=[Bird]}");

            List<String> told =
                    imap.command("GETMETADATA INBOX " + ENTRY).orFail().untagged();
            assertThat(told).anySatisfy(line -> assertThat(line).contains("<rule name='mine'"));
        }
    }

    @Test
    void wrongRulesShouldBeRefusedAndThoseBeforeStayInForce() throws Exception {
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            imap.command(inPieces(rules("SUBJECT galah"))).orFail();

            assertThat(imap.command(inLiteral(rules("SUBJECT"))).status())
                    .startsWith("NO ")
                    .contains("line 3, rule 'mine': <when> is no IMAP search expression");
            james.send(message("A galah"), Trial.BOB);
            assertShown(Trial.BOB, "A galah", "{Mine=[]}");

            imap.command("SETMETADATA INBOX (" + ENTRY + " NIL " + ENTRY + "/1 NIL)")
                    .orFail();
            james.send(message("Another galah"), Trial.BOB);
            assertShown(Trial.BOB, "Another galah", "{INBOX=[]}");
        }
    }

    /** Bob lets Alice use his account. */
    @Test
    void whoActsForAUserShouldMakeNoRulesForThem() throws Exception {
        String refusal = "only the owner of an INBOX makes rules for it, and not who acts for the owner";
        try (ImapConnection delegate = james.imap(Trial.ALICE, Trial.BOB)) {
            assertThat(delegate.command(inPieces(rules("SUBJECT kowari"))).status())
                    .startsWith("NO ")
                    .contains(refusal);
            assertThat(delegate.command("SETMETADATA INBOX (" + ENTRY + " NIL)").status())
                    .startsWith("NO ")
                    .contains(refusal);
        }
        james.send(message("A kowari"), Trial.BOB);
        assertShown(Trial.BOB, "A kowari", "{INBOX=[]}");
    }
}
