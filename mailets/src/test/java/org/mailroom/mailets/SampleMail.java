/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.mailet.Mail;

/** Mails as James has them in transit, to {@link #RECIPIENTS}. */
final class SampleMail {
    static final String[] RECIPIENTS = {"ann@example.org", "bob@example.org"};
    private static final Path DIRECTORY = Path.of(System.getProperty("mailroom.sample"));

    private SampleMail() {}

    /** The files of the project's sample mail, in order. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    /** The sample message whose file name begins with {@code number}. */
    static Mail numbered(String number) throws IOException, MessagingException {
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith(number + "-")) {
                return of(Files.readAllBytes(file));
            }
        }
        throw new IllegalArgumentException("no sample message " + number);
    }

    static Mail ofLines(String... lines) throws MessagingException {
        return of((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static Mail of(byte[] message) throws MessagingException {
        return of(new Octets(message));
    }

    /** As James's SMTP server makes it: the message stays in its source until a mailet changes it. */
    static Mail of(MimeMessageSource message) throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name("sample-mail")
                .sender("sender@example.org")
                .addRecipients(RECIPIENTS)
                .build();
        mail.setMessageContent(message);
        return mail;
    }

    private record Octets(byte[] octets) implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "sample";
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(octets);
        }

        @Override
        public long getMessageSize() {
            return octets.length;
        }
    }
}
