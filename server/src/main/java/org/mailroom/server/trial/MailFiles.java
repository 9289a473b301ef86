/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.apache.commons.io.input.CountingInputStream;

/**
 * Reads mail that other programs keep in files: mbox files, Maildirs, directories of {@code .eml} files, and {@code .tar},
 * {@code .tar.gz}, {@code .tgz} and {@code .zip} archives of them. The order is the same each time. For one thread.
 */
final class MailFiles {
    private static final Map<Character, Flag> MAILDIR_FLAGS =
            Map.of('S', Flag.SEEN, 'R', Flag.ANSWERED, 'F', Flag.FLAGGED, 'T', Flag.DELETED, 'D', Flag.DRAFT);
    private static final Pattern MAILDIR_SUFFIX = Pattern.compile("[:;!_]2,([A-Za-z]*)$");
    private static final Pattern MAILDIR_TIME = Pattern.compile("^(\\d{9,10})\\.");

    private final Sink sink;

    /** Takes what is read. */
    interface Sink {
        /** A message; {@code folder} is its place below the source, with {@code /} between levels, empty for the source itself. */
        void message(String folder, SourceMessage message) throws IOException;

        /** Something that is not imported, with the reason in words that can be counted. */
        void skipped(String reason);

        /** Asked between two messages; true ends reading. */
        boolean stop();

        /** How much of the source is read, in octets. */
        void read(long octets);
    }

    private MailFiles(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads a file or directory.
     *
     * @throws IOException when it cannot be read, or is a file that is no mail
     */
    static void read(Path source, Sink sink) throws IOException {
        MailFiles files = new MailFiles(sink);
        if (Files.isDirectory(source)) {
            files.directory(source);
            return;
        }
        try (CountingInputStream counted = new CountingInputStream(Files.newInputStream(source))) {
            InputStream in = new BufferedInputStream(counted, 1 << 16);
            String name = source.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".zip")) {
                files.zip(in, counted);
            } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
                files.tar(new GZIPInputStream(in, 1 << 16), counted);
            } else if (name.endsWith(".tar")) {
                files.tar(in, counted);
            } else if (name.endsWith(".eml")) {
                files.message("", source.getFileName().toString(), in, modified(source));
            } else {
                files.mbox("", name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in, counted);
            }
        }
    }

    private void directory(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            Iterator<Path> files = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .iterator();
            long read = 0;
            while (files.hasNext() && !sink.stop()) {
                Path file = files.next();
                String path = directory.relativize(file).toString().replace('\\', '/');
                try (CountingInputStream counted = new CountingInputStream(Files.newInputStream(file))) {
                    entry(path, new BufferedInputStream(counted), modified(file), counted);
                }
                read += Files.size(file);
                sink.read(read);
            }
        }
    }

    private void tar(InputStream in, CountingInputStream counted) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextTarEntry();
                entry != null && !sink.stop();
                entry = tar.getNextTarEntry()) {
            if (entry.isFile()) {
                entry(entry.getName(), tar, entry.getLastModifiedDate().toInstant(), counted);
            }
        }
    }

    private void zip(InputStream in, CountingInputStream counted) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null && !sink.stop(); entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                Instant modified = entry.getTime() < 0 ? Instant.EPOCH : Instant.ofEpochMilli(entry.getTime());
                entry(entry.getName(), zip, modified, counted);
            }
        }
    }

    private void entry(String path, InputStream in, Instant modified, CountingInputStream counted) throws IOException {
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        String file = parts.get(parts.size() - 1);
        List<String> parents = parts.subList(0, parts.size() - 1);
        String parent = parents.isEmpty() ? "" : parents.get(parents.size() - 1);
        String name = file.toLowerCase(Locale.ROOT);
        if (parent.equals("cur") || parent.equals("new")) {
            message(maildir(parents.subList(0, parents.size() - 1)), file, in, modified);
        } else if (name.endsWith(".eml")) {
            message(String.join("/", parents), file, in, modified);
        } else if (name.matches(".*\\.mbo?x(\\.gz)?") || parent.endsWith(".mbox") && name.equals("mbox")) {
            String folder = String.join("/", name.equals("mbox") ? parents : parts)
                    .replaceFirst("(?i)\\.gz$", "")
                    .replaceFirst("(?i)\\.mbo?x$", "");
            InputStream open = CloseShieldInputStream.wrap(in);
            try {
                mbox(folder, name.endsWith(".gz") ? new GZIPInputStream(open, 1 << 16) : open, counted);
            } catch (IOException e) {
                sink.skipped("mbox file that cannot be read: " + path + " (" + e.getMessage() + ")");
            }
        } else {
            int dot = name.lastIndexOf('.');
            sink.skipped(dot > 0 ? "files that are no mail (" + name.substring(dot) + ")" : "files that are no mail");
        }
    }

    /** Subfolders of a Maildir++ begin with a dot, which separates their levels too. */
    private static String maildir(List<String> directories) {
        StringBuilder folder = new StringBuilder();
        for (String directory : directories) {
            String levels = directory.startsWith(".") ? directory.substring(1).replace('.', '/') : directory;
            folder.append(folder.length() == 0 ? "" : "/").append(levels);
        }
        return folder.toString();
    }

    private void mbox(String folder, InputStream in, CountingInputStream counted) throws IOException {
        Iterator<SourceMessage> messages = Mbox.read(in).iterator();
        while (!sink.stop() && messages.hasNext()) {
            take(folder, messages.next());
            sink.read(counted.getByteCount());
        }
    }

    private void message(String folder, String file, InputStream in, Instant modified) throws IOException {
        byte[] octets = in.readNBytes(SourceMessage.MAX_OCTETS + 1);
        if (octets.length == 0) {
            sink.skipped("empty files");
        } else if (octets.length > SourceMessage.MAX_OCTETS) {
            take(folder, SourceMessage.tooLong());
        } else {
            byte[] content = withCrlf(octets);
            StoredHeader header = StoredHeader.of(content);
            take(
                    folder,
                    new SourceMessage(
                            content, received(file, content, modified), flags(file, header), header.labels()));
        }
    }

    private void take(String folder, SourceMessage message) throws IOException {
        if (message.isTooLong()) {
            sink.skipped("messages larger than " + (SourceMessage.MAX_OCTETS >> 20) + " MB");
        } else {
            sink.message(folder, message);
        }
    }

    /** A file's name in a Maildir begins with the second of its delivery and ends in its flags. */
    private static Instant received(String file, byte[] content, Instant modified) {
        Matcher time = MAILDIR_TIME.matcher(file);
        return time.find()
                ? Instant.ofEpochSecond(Long.parseLong(time.group(1)))
                : StoredHeader.received(content).orElse(modified);
    }

    private static Flags flags(String file, StoredHeader header) {
        Flags flags = new Flags(header.flags());
        Matcher suffix = MAILDIR_SUFFIX.matcher(file);
        if (suffix.find()) {
            suffix.group(1).chars().forEach(letter -> {
                Optional.ofNullable(MAILDIR_FLAGS.get((char) letter)).ifPresent(flags::add);
                if (letter == 'P') {
                    flags.add("$Forwarded");
                }
            });
        }
        return flags;
    }

    private static byte[] withCrlf(byte[] octets) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(octets.length + octets.length / 32);
        int from = 0;
        for (int at = 0; at < octets.length; at++) {
            if (octets[at] == '\n' && (at == 0 || octets[at - 1] != '\r')) {
                content.write(octets, from, at - from);
                content.write('\r');
                from = at;
            }
        }
        content.write(octets, from, octets.length - from);
        return content.toByteArray();
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
