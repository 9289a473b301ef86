/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.mail.Flags;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {
    /** Files below the source, the same in a directory and in archives. */
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "box/cur/1700000000.M1P2.host:2,FS", "Subject: in the Maildir\n\nbody\n",
            "box/new/1700000001.M1P2.host", "Subject: new there\n\nbody\n",
            "box/.Work.Bills/cur/1700000002.M1P2.host:2,R", "Subject: bill\n\nbody\n",
            "letters/a.eml", "Received: by x;\n Mon, 5 Jan 2026 10:05:00 +0000\nSubject: letter\r\n\r\nbody\r\n",
            "letters/old.mbox", "From a Sat Jan  4 00:24:47 1997\nSubject: old\n\nbody\n",
            "letters/empty.eml", "",
            "notes.json", "{}"));

    @TempDir
    Path directory;

    private final List<String> folders = new ArrayList<>();
    private final List<SourceMessage> messages = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private void read(Path source) throws IOException {
        MailFiles.read(source, new MailFiles.Sink() {
            @Override
            public void message(String folder, SourceMessage message) {
                folders.add(folder);
                messages.add(message);
            }

            @Override
            public void skipped(String reason) {
                skipped.add(reason);
            }

            @Override
            public boolean stop() {
                return false;
            }

            @Override
            public void read(long octets) {
                assertThat(octets).isNotNegative();
            }
        });
    }

    private void assertAllRead() {
        assertThat(folders).containsExactlyInAnyOrder("box", "box", "box/Work/Bills", "letters", "letters/old");
        assertThat(messages)
                .extracting(message -> new String(message.content(), StandardCharsets.UTF_8)
                        .replaceFirst("(?s).*Subject: (.*?)\r\n\r\nbody\r\n", "$1"))
                .containsExactlyInAnyOrder("in the Maildir", "new there", "bill", "letter", "old");
        assertThat(messages)
                .extracting(SourceMessage::received)
                .containsExactlyInAnyOrder(
                        Instant.ofEpochSecond(1700000000),
                        Instant.ofEpochSecond(1700000001),
                        Instant.ofEpochSecond(1700000002),
                        Instant.parse("2026-01-05T10:05:00Z"),
                        Instant.parse("1997-01-04T00:24:47Z"));
        Flags read = new Flags(Flags.Flag.SEEN);
        read.add(Flags.Flag.FLAGGED);
        assertThat(messages)
                .extracting(SourceMessage::flags)
                .containsExactlyInAnyOrder(read, new Flags(), new Flags(Flags.Flag.ANSWERED), new Flags(), new Flags());
        assertThat(skipped).containsExactlyInAnyOrder("empty files", "files that are no mail (.json)");
    }

    @Test
    void directoriesShouldBeRead() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        read(directory);
        assertAllRead();
    }

    @Test
    void tarArchivesShouldBeRead() throws IOException {
        Path archive = directory.resolve("mail.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry("./" + file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        read(archive);
        assertAllRead();
    }

    @Test
    void zipArchivesShouldBeRead() throws IOException {
        Path archive = directory.resolve("mail.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        read(archive);
        assertAllRead();
    }
}
