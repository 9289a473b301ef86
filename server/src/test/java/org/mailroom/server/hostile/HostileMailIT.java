/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
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
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.MailShown;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** A server with a small heap survives each kind of mail bomb, and answers for it and for everybody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMailIT {
    /** The size of a bomb of which nothing else is said, in octets. */
    private static final int SCALE = RandomRun.rounds(1_000_000, 4_000_000);

    /** The same of what comes by SMTP. */
    private static final int MAILED_SCALE = SCALE / 4;

    private static final String HEAP = RandomRun.rounds(256, 1_024) + "m";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Each rule has to look at all of a message that the first does not file. */
    private static final String RULES =
            """
            <folder-rules>
            <rule name='wrong' on='delivery'><when>OR TEXT quagga (OR FROM quagga (OR SUBJECT quagga BODY quagga))</when>
            <actions><fileInto create='true'>Wrong</fileInto><stop/></actions></rule>
            <rule name='bombs' on='delivery'><when>SUBJECT bomb BODY needle NOT FROM quagga</when>
            <actions><fileInto create='true'>Bombs</fileInto><stop/></actions></rule>
            <rule name='later' on='delivery'><when>SUBJECT afterwards</when>
            <actions><fileInto create='true'>Later</fileInto></actions></rule>
            </folder-rules>
            """;

    private JamesProcess james;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("folder-rules.xml"), RULES);
        james = JamesProcess.in(directory)
                .jvm("-Xmx" + HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
                .start();
        try (ImapConnection other = james.imap(Trial.BOB)) {
            append(other, "Subject: quiet numbat\r\n\r\nIn the bush.\r\n");
            // James logs an error for STATUS of a mailbox that is not there yet
            other.command("CREATE Bombs").orFail();
            other.command("CREATE Wrong").orFail();
        }
    }

    @AfterAll
    void stop() {
        james.close();
    }

    @Test
    void eachKindOfBombIsFoundAndHurtsNobody() throws Exception {
        try (ImapConnection victim = james.imap(Trial.ALICE).waiting(Duration.ofMinutes(3));
                ImapConnection other = james.imap(Trial.BOB).select("INBOX")) {
            append(victim, "Subject: ordinary\r\n\r\nAn ordinary body.\r\n");
            List<String> words = new ArrayList<>();
            for (IntFunction<MailBomb> kind : MailBomb.kinds()) {
                MailBomb bomb = kind.apply(SCALE);
                victim.append("INBOX", bomb.octets(), "").orFail();
                words.add(bomb.word());
                victim.select("INBOX");
                assertEachMessageIsInOneOfTheAnswers(victim, bomb.word(), words.size() + 1);
                assertThat(other.uidSearch("SUBJECT numbat BODY bush"))
                        .as("another user's search beside %s", bomb.name())
                        .containsExactly(1L);
            }
            assertThat(victim.uidSearch("SUBJECT bomb")).hasSize(words.size());
            assertHealthy(james);
        }
    }

    /** What each costs in work is asserted where texts are read and rules looked at; here a small heap has to do for all. */
    @Test
    void eachKindOfBombThatComesBySmtpIsFiledByTheRightRuleAndDeliveryGoesOn() throws Exception {
        List<MailBomb> bombs = MailBomb.kinds().stream()
                .map(kind -> kind.apply(MAILED_SCALE).mailable())
                .toList();
        for (MailBomb bomb : bombs) {
            james.send(message(bomb.octets()), Trial.BOB);
        }
        james.send(
                message("Subject: afterwards\r\n\r\nIt is quiet.\r\n".getBytes(StandardCharsets.US_ASCII)),
                Trial.ALICE);
        Awaitility.await("delivery to another user").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        MailShown.of(james, Trial.ALICE, "afterwards"))
                .hasToString("{Later=[]}"));
        Awaitility.await("delivery of all").atMost(PATIENCE).until(() -> messages("Bombs") == bombs.size());
        assertThat(messages("INBOX")).as("Bob's own message").isEqualTo(1);
        assertThat(messages("Wrong")).isZero();
        try (ImapConnection bob = james.imap(Trial.BOB).waiting(PATIENCE).select("Bombs")) {
            for (MailBomb bomb : bombs) {
                assertThat(bob.uidSearch("SUBJECT \"bomb " + bomb.name() + "\" BODY " + bomb.word()))
                        .as(bomb.name())
                        .hasSize(1);
            }
        }
        assertHealthy(james);
    }

    private static MimeMessage message(byte[] octets) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private int messages(String mailbox) throws IOException {
        try (ImapConnection bob = james.imap(Trial.BOB)) {
            ImapReply reply = bob.command("STATUS " + mailbox + " (MESSAGES)").orFail();
            return Integer.parseInt(reply.named("STATUS").get(0).replaceAll(".*MESSAGES (\\d+).*", "$1"));
        }
    }

    private static void append(ImapConnection imap, String message) throws IOException {
        imap.append("INBOX", message.getBytes(StandardCharsets.US_ASCII), "").orFail();
    }

    /** BODY finds the last message, and NOT BODY all others. */
    private static void assertEachMessageIsInOneOfTheAnswers(ImapConnection imap, String word, int messages)
            throws IOException {
        assertThat(imap.uidSearch("BODY " + word)).as("BODY %s", word).containsExactly((long) messages);
        assertThat(imap.uidSearch("NOT BODY " + word))
                .as("NOT BODY %s", word)
                .containsExactlyElementsOf(LongStream.range(1, messages).boxed().toList());
    }

    private static void assertHealthy(JamesProcess james) throws IOException {
        JsonNode checks = new Webadmin(james.ports().webadmin())
                .get("/healthcheck")
                .json()
                .get("checks");
        assertThat(checks)
                .filteredOn(check -> check.get("componentName").asText().contains("Mailroom"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.get("status").asText()).isEqualTo("healthy"));
        assertThat(james.logged()).doesNotContain("OutOfMemoryError", "StackOverflowError");
        assertThat(james.logged().lines().filter(line -> line.contains(" ERROR ")))
                .isEmpty();
    }
}
