/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.server.Documents.docx;
import static org.mailroom.server.Documents.odt;
import static org.mailroom.server.Documents.pdf;
import static org.mailroom.server.Documents.pptx;
import static org.mailroom.server.Documents.rtf;
import static org.mailroom.server.Documents.signed;
import static org.mailroom.server.Documents.tnef;
import static org.mailroom.server.Documents.xlsx;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** {@code ./run --attachments}: Tika's real parsers read real documents. */
@Tag("attachments")
@Tag("trial")
class AttachmentsIT {
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    @TempDir
    Path directory;

    /** One message with one attachment, and words that stand in the attachment alone. */
    private record Attached(String type, String fileName, byte[] content, List<String> words) {
        byte[] message() {
            return ("""
                    From: alice@localhost
                    Subject: %s
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=limit

                    --limit
                    Content-Type: text/plain

                    See the attachment.
                    --limit
                    Content-Type: %s
                    Content-Transfer-Encoding: base64
                    Content-Disposition: attachment; filename="%s"

                    %s
                    --limit--
                    """
                            .formatted(
                                    fileName,
                                    type,
                                    fileName,
                                    Base64.getMimeEncoder().encodeToString(content)))
                    .replaceAll("\r?\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static List<Attached> attachments() throws Exception {
        String encoded = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString("The wombat is signed.".getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        return List.of(
                new Attached(OFFICE + "wordprocessingml.document", "a.docx", docx("The aardvark"), List.of("aardvark")),
                new Attached("application/octet-stream", "b.docx", docx("The badger"), List.of("badger")),
                new Attached("application/msword", "wrong-type.docx", docx("The capybara"), List.of("capybara")),
                new Attached(OFFICE + "spreadsheetml.sheet", "c.xlsx", xlsx("The dormouse"), List.of("dormouse")),
                new Attached(OFFICE + "presentationml.presentation", "d.pptx", pptx("The echidna"), List.of("echidna")),
                new Attached("application/vnd.oasis.opendocument.text", "e.odt", odt("The fennec"), List.of("fennec")),
                new Attached("application/pdf", "f.pdf", pdf("The gerbil"), List.of("gerbil")),
                new Attached("application/rtf", "g.rtf", rtf("The {\\b hed}gehog"), List.of("hedgehog")),
                new Attached(
                        "application/ms-tnef",
                        "winmail.dat",
                        tnef("The ibex", "minutes.docx", docx("The jackal")),
                        List.of("ibex", "jackal")),
                new Attached(
                        "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                        "smime.p7m",
                        signed("Content-Type: text/plain\r\n\r\nThe koala is signed.\r\n"),
                        List.of("koala")),
                new Attached("application/pkcs7-mime", "smime.p7m", signed(encoded), List.of("wombat")));
    }

    @Test
    void textOfAttachmentsIsFoundOnceTheServerReadsThem() throws Exception {
        List<Attached> attachments = attachments();
        JamesProcess.Options plain = JamesProcess.in(directory);
        try (JamesProcess james = plain.start();
                ImapConnection imap = james.imap(Trial.ALICE)) {
            for (Attached attached : attachments) {
                imap.append("INBOX", attached.message(), "").orFail();
            }
            imap.select("INBOX");
            assertThat(imap.uidSearch("BODY \"attachment\"")).hasSize(attachments.size());
            assertThat(imap.uidSearch("BODY \"gerbil\"")).isEmpty();
        }
        List<ProcessHandle> children = new ArrayList<>();
        String tika = System.getProperty("mailroom.tika", "tika/target");
        try (JamesProcess james = plain.with("--attachments", "--tika", tika).start();
                ImapConnection imap = james.imap(Trial.ALICE)) {
            ProcessHandle.of(james.pid()).orElseThrow().children().forEach(children::add);
            assertThat(children).as("the attachment server").hasSize(1);
            imap.select("INBOX");
            SoftAssertions softly = new SoftAssertions();
            for (int i = 0; i < attachments.size(); i++) {
                for (String word : attachments.get(i).words()) {
                    softly.assertThat(imap.uidSearch("BODY \"" + word + "\""))
                            .as(attachments.get(i).fileName() + " has " + word)
                            .containsExactly(i + 1L);
                }
            }
            softly.assertAll();
            children.get(0).destroyForcibly();
            imap.append("INBOX", new Attached("application/pdf", "h.pdf", pdf("The narwhal"), List.of()).message(), "")
                    .orFail();
            Awaitility.await("the attachment server is there again")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> imap.uidSearch("BODY \"narwhal\"").equals(List.of(attachments.size() + 1L)));
            ProcessHandle.of(james.pid()).orElseThrow().children().forEach(children::add);
            assertThat(children).hasSize(2);
        }
        Awaitility.await("the attachment server ends with James")
                .atMost(Duration.ofSeconds(10))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
}
