/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import javax.mail.MessagingException;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MailDateFormat;

/**
 * The project's own mail: about 200 messages in many languages, charsets and MIME shapes, in the resource directory
 * {@code sample-mail}.
 *
 * @param names file names, in order
 */
record SampleMail(List<String> names) {
    private static final String DIRECTORY = "/sample-mail";
    private static final Instant UNDATED = Instant.parse("2024-06-01T12:00:00Z");

    /** Lists the messages that come with this JAR. */
    static SampleMail load() throws IOException {
        URI location;
        try {
            location = SampleMail.class.getResource(DIRECTORY).toURI();
        } catch (URISyntaxException e) {
            throw new IOException("Cannot read the sample mail", e);
        }
        if (location.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                return list(jar.getPath(DIRECTORY));
            }
        }
        return list(Path.of(location));
    }

    private static SampleMail list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new SampleMail(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .sorted()
                    .toList());
        }
    }

    /** The messages whose names hold {@code part}; an empty string for all. Read as they are consumed. */
    Stream<SourceMessage> messages(String part) {
        return names.stream().filter(name -> name.contains(part)).map(this::read);
    }

    /** Internal date is the Date field's where it can be read; some are seen, some flagged, some carry a keyword. */
    private SourceMessage read(String name) {
        try (InputStream in = SampleMail.class.getResourceAsStream(DIRECTORY + "/" + name)) {
            byte[] content = in.readAllBytes();
            int number = names.indexOf(name) + 1;
            Flags flags = new Flags();
            if (number % 3 != 0) {
                flags.add(Flag.SEEN);
            }
            if (number % 10 == 0) {
                flags.add(Flag.FLAGGED);
            }
            if (number % 7 == 0) {
                flags.add(Flag.ANSWERED);
            }
            if (name.contains("-list-")) {
                flags.add("$List");
            }
            return new SourceMessage(content, received(content), flags);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sample message " + name, e);
        }
    }

    private static Instant received(byte[] content) {
        try {
            String[] dates = new InternetHeaders(new ByteArrayInputStream(content)).getHeader("Date");
            if (dates != null) {
                Date date = new MailDateFormat().parse(dates[0]);
                return date.toInstant();
            }
        } catch (MessagingException | java.text.ParseException e) {
            // some samples are malformed on purpose
        }
        return UNDATED;
    }
}
