/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Jdk;
import org.mailroom.server.trial.Trial;

/** Mail survives what the server survives. */
class PersistenceIT {
    private static final byte[] PORPOISE =
            "From: a@example.org\r\nSubject: a porpoise\r\n\r\nswims by\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    static java.util.List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void appendedMailShouldBeFoundAgainAfterARestart(Jdk jdk) throws Exception {
        try (JamesProcess james = JamesProcess.in(directory).on(jdk).start()) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                imap.append("INBOX", PORPOISE, "\\Flagged").orFail();
                assertThat(imap.select("INBOX").uidSearch("SUBJECT porpoise")).containsExactly(1L);
            }
            james.stop();
            assertThat(james.stoppedCleanly()).as(james.said()).isTrue();
            assertThat(directory.resolve("var/search-index/alice%40localhost"))
                    .as("the index is committed by a clean stop")
                    .isDirectoryContaining("glob:**segments_*");
            james.start();
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                assertThat(imap.select("INBOX").uidSearch("SUBJECT porpoise FLAGGED"))
                        .containsExactly(1L);
            }
        }
    }

    @Test
    void acknowledgedMailShouldBeFoundAgainAfterAKill() throws Exception {
        try (JamesProcess james = JamesProcess.in(directory).start()) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                for (int count = 0; count < 20; count++) {
                    imap.append("INBOX", PORPOISE, "").orFail();
                }
            }
            james.kill();
            james.start();
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                assertThat(imap.select("INBOX").uidSearch("BODY swims")).hasSize(20);
            }
        }
    }

    @Test
    @Tag("trial")
    void sampleMailShouldBeLoadedOnce() throws Exception {
        try (JamesProcess james = JamesProcess.in(directory).sample().start()) {
            james.stop();
            james.start();
            try (ImapConnection imap = james.imap(Trial.ALICE, Trial.BOB)) {
                assertThat(imap.select(Trial.SHARED).uidSearch("ALL")).hasSize(24);
            }
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                assertThat(imap.select("INBOX").uidSearch("ALL")).hasSize(202);
                assertThat(imap.uidSearch("CHARSET UTF-8 SUBJECT \"Stra\u00dfenfest\""))
                        .hasSize(1);
            }
        }
    }
}
