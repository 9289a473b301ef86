/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.ImapReply;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** One server being measured, over one warm connection. */
final class Measuring {
    private static final int WARM_UP = 5;
    private static final int REPETITIONS = 15;
    private static final int DELIVERIES = 1_000;
    /** Of a question that takes longer than this, one answer has to do. */
    private static final Duration LONG = Duration.ofSeconds(2);

    /** Scanning is slow. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Candidate candidate;
    private final JamesProcess james;
    private final ImapConnection imap;

    private Measuring(Candidate candidate, JamesProcess james, ImapConnection imap) {
        this.candidate = candidate;
        this.james = james;
        this.imap = imap;
    }

    /** Loads the mail into a new server in a directory, asks the questions and stops it. */
    static Measured of(Candidate candidate, Path home, BenchmarkMail mail, Path mbox, List<Expected> expected)
            throws IOException, MessagingException {
        long start = System.nanoTime();
        try (JamesProcess james = candidate
                        .options(home)
                        .jvm("-Xmx1g")
                        .with("--import", mbox.toString())
                        .readyWithin(Duration.ofHours(3))
                        .start();
                ImapConnection imap = james.imap(Trial.ALICE).waiting(PATIENCE)) {
            imap.select("mail");
            imap.uidSearch("BODY \"this stands nowhere\"");
            double loaded = seconds(start);
            Measuring measuring = new Measuring(candidate, james, imap);
            double cpu = measuring.cpu();
            measuring.say("loaded in %.0f s", loaded);
            measuring.see(mail);
            List<Optional<Answer>> answers = new ArrayList<>();
            for (Expected answer : expected) {
                answers.add(measuring.ask(answer));
            }
            Measured.Loading loading =
                    new Measured.Loading(loaded, cpu, size(candidate.index(home)), measuring.residentOctets());
            return new Measured(loading, List.copyOf(answers), measuring.appendAndSearch(), measuring.deliver(mail));
        }
    }

    private void see(BenchmarkMail mail) throws IOException {
        // in ranges, as a client would
        long[] seen = mail.seen().toArray();
        for (int i = 0; i < seen.length; i += 1_000) {
            String uids = LongStream.of(Arrays.copyOfRange(seen, i, Math.min(seen.length, i + 1_000)))
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(","));
            imap.command("UID STORE " + uids + " +FLAGS.SILENT (\\Seen)").orFail();
        }
    }

    private Optional<Answer> ask(Expected expected) throws IOException {
        Question question = expected.question();
        if (!candidate.knows(question.kind())) {
            return Optional.empty();
        }
        List<Double> millis = new ArrayList<>();
        ImapReply reply = imap.command(question.text()).orFail();
        for (int i = 0; i < WARM_UP + REPETITIONS; i++) {
            long start = System.nanoTime();
            reply = imap.command(question.text()).orFail();
            double taken = seconds(start) * 1000;
            if (i >= WARM_UP || taken > LONG.toMillis()) {
                millis.add(taken);
            }
            if (taken > LONG.toMillis()) {
                break;
            }
        }
        Answer answer = expected.compare(reply, median(millis));
        say("%s: %s", question.text(), answer);
        return Optional.of(answer);
    }

    /** Time from the command that stores a message to the answer of a search that finds it. */
    private Answer appendAndSearch() throws IOException {
        List<Double> millis = new ArrayList<>();
        int missed = 0;
        for (int i = 0; i < WARM_UP + REPETITIONS; i++) {
            byte[] message = ("Subject: at once\r\n\r\nWhat came " + i + " atonce" + i + "x\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            imap.append("mail", message, "").orFail();
            List<Long> found = imap.uidSearch("BODY \"atonce" + i + "x\"");
            double taken = seconds(start) * 1000;
            missed += found.size() == 1 ? 0 : 1;
            if (i >= WARM_UP || taken > LONG.toMillis()) {
                millis.add(taken);
            }
            if (taken > LONG.toMillis()) {
                break;
            }
        }
        Answer answer = new Answer(median(millis), missed, 0, true);
        say("APPEND, then UID SEARCH for it: %s", answer);
        return answer;
    }

    /** Into mailboxes of a user without mail, one message after the other. */
    private Measured.Deliveries deliver(BenchmarkMail mail) throws IOException, MessagingException {
        List<byte[]> messages = mail.some(DELIVERIES);
        double append;
        try (ImapConnection bob = james.imap(Trial.BOB)) {
            bob.command("CREATE appended").orFail();
            long start = System.nanoTime();
            for (byte[] message : messages) {
                bob.append("appended", message, "").orFail();
            }
            append = seconds(start);
            say("%,d APPENDs in %.1f s", DELIVERIES, append);
            List<MimeMessage> mails = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
                message.setSubject("Delivered " + i);
                message.setText(new String(messages.get(i), StandardCharsets.ISO_8859_1));
                message.saveChanges();
                mails.add(message);
            }
            start = System.nanoTime();
            james.send(mails, Trial.BOB);
            Awaitility.await("delivered")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> bob.command("STATUS INBOX (MESSAGES)").named("STATUS").stream()
                            .anyMatch(line -> line.contains("MESSAGES " + DELIVERIES)));
            double smtp = seconds(start);
            say("%,d deliveries by SMTP in %.1f s", DELIVERIES, smtp);
            return new Measured.Deliveries(append, smtp);
        }
    }

    private double cpu() {
        return ProcessHandle.of(james.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toMillis)
                        .orElse(0L)
                / 1000.0;
    }

    /** What the process has in memory; 0 where the system does not say. */
    private long residentOctets() throws IOException {
        Path status = Path.of("/proc", String.valueOf(james.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long size(Path index) throws IOException {
        if (Files.notExists(index)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(index)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... values) {
        System.out.println(candidate.title() + ": " + String.format(Locale.ROOT, format, values));
    }
}
