/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * What it costs to take mail in, one message after the other. All servers run side by side and take turns, each while the
 * others are quiet, so that nothing that happens to the machine is one server's loss.
 */
final class DeliveryCost implements AutoCloseable {
    /** How many are delivered in a round. */
    static final int MESSAGES = 300;

    /**
     * The JVM goes on compiling for thousands of messages, and more so the more code there is; a server runs for months.
     */
    private static final int WARM_UPS = 10;

    private static final Pattern NUMBER = Pattern.compile("MESSAGES (\\d+)");

    private final Map<Candidate, JamesProcess> servers = new EnumMap<>(Candidate.class);
    private final List<byte[]> messages;

    private DeliveryCost(List<byte[]> messages) {
        this.messages = messages;
    }

    /**
     * What a server took for the messages in each round: seconds until they are in their mailbox, and CPU until the server
     * is at rest again, which contains what it does afterwards.
     *
     * @param append by APPEND into a new mailbox
     * @param smtp by SMTP into the INBOX
     */
    record Rounds(List<Measured.Work> append, List<Measured.Work> smtp) {}

    /** Starts a server of each kind beneath a directory, measures and stops them. */
    static Map<Candidate, Rounds> measure(BenchmarkSettings settings, Path directory)
            throws IOException, MessagingException {
        List<byte[]> messages = BenchmarkMail.of(settings.mail(), MESSAGES).some(MESSAGES);
        try (DeliveryCost cost = new DeliveryCost(messages)) {
            for (Candidate candidate : settings.candidates()) {
                JamesProcess.Options options = candidate.options(directory.resolve("delivery-" + candidate.name()));
                cost.servers.put(candidate, options.jvm(settings.jvm()).start());
            }
            return cost.rounds(settings.rounds());
        }
    }

    private Map<Candidate, Rounds> rounds(int number) throws IOException, MessagingException {
        Map<Candidate, Rounds> rounds = new EnumMap<>(Candidate.class);
        servers.keySet().forEach(candidate -> rounds.put(candidate, new Rounds(new ArrayList<>(), new ArrayList<>())));
        awaitQuiet();
        for (int round = 0; round < WARM_UPS + number; round++) {
            // each begins as often as the others
            List<Map.Entry<Candidate, JamesProcess>> turns = new ArrayList<>(servers.entrySet());
            Collections.rotate(turns, round);
            for (Map.Entry<Candidate, JamesProcess> server : turns) {
                Measured.Work append = append(server.getValue(), "round" + round);
                Measured.Work smtp = smtp(server.getValue());
                Progress.say(
                        "%s: %,d messages in %s by APPEND, in %s by SMTP%s",
                        server.getKey().title(), messages.size(), append, smtp, round < WARM_UPS ? " (warm-up)" : "");
                if (round >= WARM_UPS) {
                    rounds.get(server.getKey()).append().add(append);
                    rounds.get(server.getKey()).smtp().add(smtp);
                }
            }
        }
        return rounds;
    }

    private Measured.Work append(JamesProcess james, String mailbox) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.command("CREATE " + mailbox).orFail();
            Taken taken = new Taken(james);
            for (byte[] message : messages) {
                imap.append(mailbox, message, "").orFail();
            }
            return taken.work();
        }
    }

    private Measured.Work smtp(JamesProcess james) throws IOException, MessagingException {
        List<MimeMessage> mails = new ArrayList<>();
        for (byte[] message : messages) {
            mails.add(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message)));
        }
        try (ImapConnection imap = james.imap(Trial.BOB)) {
            int after = inbox(imap) + messages.size();
            Taken taken = new Taken(james);
            james.send(mails, Trial.BOB);
            Awaitility.await("all is delivered")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> inbox(imap) >= after);
            return taken.work();
        }
    }

    /** What a server takes from now, when all are at rest. */
    private final class Taken {
        private final ServerProcess process;
        private final double cpu;
        private final long start;

        Taken(JamesProcess james) {
            process = new ServerProcess(james.pid());
            cpu = process.cpu();
            start = System.nanoTime();
        }

        /** Seconds until now, and what was worked until all are at rest again. */
        Measured.Work work() {
            double seconds = Progress.seconds(start);
            awaitQuiet();
            return new Measured.Work(seconds, process.cpu() - cpu);
        }
    }

    private static int inbox(ImapConnection imap) throws IOException {
        String status =
                imap.command("STATUS INBOX (MESSAGES)").orFail().named("STATUS").toString();
        Matcher number = NUMBER.matcher(status);
        if (!number.find()) {
            throw new AssertionError("No number of messages in " + status);
        }
        return Integer.parseInt(number.group(1));
    }

    private void awaitQuiet() {
        ServerProcess.awaitQuiet(servers.values().stream()
                .map(server -> new ServerProcess(server.pid()))
                .toList());
    }

    @Override
    public void close() {
        servers.values().forEach(JamesProcess::close);
    }
}
