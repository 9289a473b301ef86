/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.mail.Flags;

/**
 * The messages of an mbox file (RFC 4155), one at a time.
 *
 * <p>A message begins at a line "From " with a time and a year in it, at the start of the file or after an empty line; a ">"
 * before "From " in the text is taken away. The internal date is that line's, read as UTC. {@code Status} and
 * {@code X-Status} fields set \Seen, \Answered, \Flagged and \Draft.
 */
final class Mbox implements Iterator<SourceMessage> {
    private static final Pattern SEPARATOR = Pattern.compile("From \\S.*\\b\\d{1,2}:\\d{2}\\b.*\\b\\d{4}\\b.*");
    private static final Pattern DATE =
            Pattern.compile("([A-Z][a-z]{2}) +(\\d{1,2}) (\\d{2}:\\d{2}:\\d{2}) .*?(\\d{4})");
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ROOT);
    private static final Pattern QUOTED_FROM = Pattern.compile(">+From ");

    private final InputStream in;
    private Optional<String> separator;

    private Mbox(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        Optional<String> line = nextLine();
        while (line.isPresent() && line.get().isEmpty()) {
            line = nextLine();
        }
        if (line.isPresent() && !isSeparator(line.get())) {
            throw new IOException("Not an mbox file: it does not begin with a line \"From sender date\"");
        }
        this.separator = line;
    }

    /**
     * Reads lazily; the caller closes the input.
     *
     * @throws IOException when the input cannot be read or does not begin like an mbox file
     */
    static Stream<SourceMessage> read(InputStream in) throws IOException {
        Iterable<SourceMessage> messages = messages(new Mbox(in));
        return StreamSupport.stream(messages.spliterator(), false);
    }

    private static Iterable<SourceMessage> messages(Mbox mbox) {
        return () -> mbox;
    }

    @Override
    public boolean hasNext() {
        return separator.isPresent();
    }

    @Override
    public SourceMessage next() {
        Draft draft = new Draft(dateOf(separator.orElseThrow(NoSuchElementException::new)));
        try {
            separator = Optional.empty();
            for (Optional<String> line = nextLine(); line.isPresent(); line = nextLine()) {
                if (draft.endsInEmptyLine && isSeparator(line.get())) {
                    separator = line;
                    break;
                }
                draft.add(line.get());
            }
            return draft.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message while its lines come in. An empty line is held back, as the last one belongs to the mbox, not to the message. */
    private static final class Draft {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final Flags flags = new Flags();
        private final Instant received;
        private boolean inHeader = true;
        private boolean endsInEmptyLine;

        Draft(Instant received) {
            this.received = received;
        }

        void add(String line) {
            if (endsInEmptyLine) {
                write("");
                inHeader = false;
            }
            endsInEmptyLine = line.isEmpty();
            if (!endsInEmptyLine) {
                if (inHeader) {
                    readStatus(line, flags);
                }
                write(QUOTED_FROM.matcher(line).lookingAt() ? line.substring(1) : line);
            }
        }

        SourceMessage finish() {
            if (inHeader) {
                write("");
            }
            return new SourceMessage(content.toByteArray(), received, flags);
        }

        private void write(String line) {
            content.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            content.write('\r');
            content.write('\n');
        }
    }

    private static boolean isSeparator(String line) {
        return line.startsWith("From ") && SEPARATOR.matcher(line).matches();
    }

    private static Instant dateOf(String line) {
        Matcher date = DATE.matcher(line);
        if (date.find()) {
            try {
                String text = String.join(" ", date.group(1), date.group(2), date.group(3), date.group(4));
                return LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // no date after all: fall through
            }
        }
        return Instant.EPOCH;
    }

    private static void readStatus(String line, Flags flags) {
        String field = line.toLowerCase(Locale.ROOT);
        if (field.startsWith("status:") && field.indexOf('r', 7) >= 0) {
            flags.add(Flags.Flag.SEEN);
        }
        if (field.startsWith("x-status:")) {
            String value = field.substring(9);
            addIf(value.contains("a"), Flags.Flag.ANSWERED, flags);
            addIf(value.contains("f"), Flags.Flag.FLAGGED, flags);
            addIf(value.contains("t"), Flags.Flag.DRAFT, flags);
        }
    }

    private static void addIf(boolean condition, Flags.Flag flag, Flags flags) {
        if (condition) {
            flags.add(flag);
        }
    }

    /** The next line without its end; bytes are kept one to one as ISO 8859-1. */
    private Optional<String> nextLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
