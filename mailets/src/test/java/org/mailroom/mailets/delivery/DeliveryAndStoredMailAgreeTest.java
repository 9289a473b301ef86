/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.james.core.Username;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.transport.mailets.AddDeliveredToHeader;
import org.apache.james.transport.mailets.RemoveMimeHeader;
import org.apache.mailet.Mailet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailbox.sync.IndexingListener;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.mailets.FolderRules;
import org.mailroom.mailets.MemoryMailboxes;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.PlanRequest;
import org.mailroom.mailets.runs.RuleNode;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.PartTextExtractor;

/**
 * A rule makes of mail that arrives what it makes of the same mail when it is stored: random rules, some for each user,
 * and sample mail that many get.
 */
class DeliveryAndStoredMailAgreeTest {
    private static final int RULES = RandomRun.rounds(70, 400);
    private static final int MAX_RULES_PER_USER = 10;
    private static final int MESSAGES = RandomRun.rounds(70, 400);
    private static final double RECIPIENTS = 0.15;

    @TempDir
    Path directory;

    private final long seed = RandomRun.seed();
    private final Random random = new Random(seed);
    private final MessageTextReader reader = new MessageTextReader();
    private final Map<Username, List<String>> rules = new LinkedHashMap<>();

    @Test
    void ruleShouldDoWithStoredMailWhatItDoesWithMailThatArrives() throws Exception {
        List<RawMessage> messages = messages();
        drawRules(messages);
        Username[] users = rules.keySet().toArray(Username[]::new);
        String[] file = rules.values().stream().flatMap(List::stream).toArray(String[]::new);

        LocalMail arrived = local(MemoryMailboxes.make(), users);
        Map<RawMessage, Username[]> recipients = new LinkedHashMap<>();
        messages.forEach(message -> recipients.put(message, drawRecipients(users)));
        deliver(recipients, arrived, new FolderRules(arrived.rules(file)));
        InMemoryMailboxManager mailboxes = MemoryMailboxes.make();
        LocalMail stored = local(mailboxes, users);
        deliver(recipients, stored);
        run(mailboxes, book(file), users);

        List<String> differences = new ArrayList<>();
        for (Username user : users) {
            List<String> onlyArrived = new ArrayList<>(mail(arrived, user));
            List<String> onlyStored = new ArrayList<>(mail(stored, user));
            List<String> both = List.copyOf(onlyArrived);
            onlyStored.forEach(onlyArrived::remove);
            both.forEach(onlyStored::remove);
            if (!onlyArrived.isEmpty() || !onlyStored.isEmpty()) {
                differences.add("under " + String.join("\n", rules.get(user)) + "\nthere is only where mail arrives "
                        + onlyArrived + "\nand only where it was stored " + onlyStored);
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
    }

    private List<RawMessage> messages() {
        List<RawMessage> all = new ArrayList<>();
        List.of(Corpus.own(), Corpus.tricky(), some(Corpus.spamassassin()), some(Corpus.linuxMan()))
                .forEach(mail -> mail.forEach(all::add));
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(all.size(), MESSAGES));
    }

    private Stream<RawMessage> some(Stream<RawMessage> mail) {
        return mail.skip(random.nextInt(500)).limit(200);
    }

    private void drawRules(List<RawMessage> messages) throws IOException {
        List<MessageText> texts = new ArrayList<>();
        for (RawMessage message : messages) {
            texts.add(reader.read(message.stream()));
        }
        RandomRules drawn = new RandomRules(random, texts);
        int left = RULES;
        while (left > 0) {
            Username user = Username.of("user" + rules.size() + "@example.org");
            int count = Math.min(left, 1 + random.nextInt(MAX_RULES_PER_USER));
            rules.put(
                    user,
                    IntStream.range(0, count)
                            .mapToObj(rule -> drawn.next(user.asString()))
                            .toList());
            left -= count;
        }
    }

    private LocalMail local(InMemoryMailboxManager mailboxes, Username... users) throws Exception {
        LocalMail local = new LocalMail(mailboxes, reader, users);
        for (Username user : users) {
            local.create(user, "INBOX");
            local.create(user, RandomRules.EXISTING.toArray(String[]::new));
        }
        return local;
    }

    private Username[] drawRecipients(Username... users) {
        return Arrays.stream(users)
                .filter(user -> random.nextDouble() < RECIPIENTS)
                .toArray(Username[]::new);
    }

    private void deliver(Map<RawMessage, Username[]> mail, LocalMail local, Mailet... mailets) throws Exception {
        // as the usual mailetcontainer.xml has them; the first changes the header of whatever passes
        List<Mailet> ahead = new ArrayList<>();
        ahead.add(local.start(new RemoveMimeHeader(), "name", "bcc"));
        ahead.add(local.start(new AddDeliveredToHeader()));
        for (Mailet mailet : mailets) {
            ahead.add(local.start(mailet));
        }
        for (Map.Entry<RawMessage, Username[]> message : mail.entrySet()) {
            // half of it as it came
            List<Mailet> passed = message.getKey().octets().length % 2 == 0 ? ahead : ahead.subList(1, ahead.size());
            local.deliver(LocalMail.mail(message.getKey().octets(), message.getValue()), passed.toArray(Mailet[]::new));
        }
    }

    private static RuleBook book(String... rules) throws Exception {
        byte[] file =
                ("<folder-rules>" + String.join("\n", rules) + "</folder-rules>").getBytes(StandardCharsets.UTF_8);
        return new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                .read(new ByteArrayInputStream(file), "folder-rules.xml");
    }

    private void run(InMemoryMailboxManager mailboxes, RuleBook book, Username... users) throws Exception {
        SearchServices indexed = new SearchServices(
                SearchIndexConfiguration.DEFAULT,
                directory.resolve("index"),
                mailboxes,
                PartTextExtractor.NONE,
                Clock.systemUTC());
        try {
            mailboxes.getEventBus().register(new IndexingListener(indexed.sync(), mailboxes.getEventBus()));
            RuleRuns runs = RuleRuns.in(
                    directory.resolve("rules"),
                    mailboxes,
                    new InMemoryId.Factory(),
                    indexed.search(),
                    () -> book,
                    UserRules.NONE,
                    () -> List.of(users),
                    new RuleCounts(),
                    Clock.systemUTC(),
                    RuleNode.ALONE);
            String plan = runs.plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                    .id();
            runs.carryOut(runs.apply(plan));
            runs.close();
        } finally {
            indexed.close();
        }
    }

    /** A line for each message: its mailbox, its flags, what tells it from others. */
    private static List<String> mail(LocalMail local, Username user) throws Exception {
        List<String> mail = new ArrayList<>();
        for (Map.Entry<String, List<MessageResult>> mailbox :
                local.messages(user).entrySet()) {
            for (MessageResult message : mailbox.getValue()) {
                TreeSet<String> flags = new TreeSet<>();
                JamesFlags.names(message.getFlags()).forEach(flag -> flags.add(flag.toLowerCase(Locale.ROOT)));
                byte[] octets = message.getFullContent().getInputStream().readAllBytes();
                mail.add(mailbox.getKey() + " " + flags + " " + digest(octets));
            }
        }
        return mail;
    }

    /**
     * Of the lines in any order and case: James's LocalDelivery moves and respells a Delivered-To that the message came
     * with, depending on who else gets it. Without Message-ID and Date: mail that came without them was given others each
     * time.
     */
    private static String digest(byte[] octets) throws Exception {
        String lines = new String(octets, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> !line.startsWith("message-id:") && !line.startsWith("date:"))
                .sorted()
                .collect(Collectors.joining("\n"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().formatHex(digest, 0, 8);
    }
}
