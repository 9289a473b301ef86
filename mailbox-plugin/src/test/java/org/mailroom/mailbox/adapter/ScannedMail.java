/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageTextReader;
import reactor.core.publisher.Flux;

/** Mail in James's in-memory store, which is searched by James's scanning search. */
final class ScannedMail {
    /** Before anything was received. */
    static final Instant FIRST = Instant.parse("2024-02-27T21:00:00Z");

    private static final Username ALICE = Username.of("alice");
    private static final Flags.Flag[] FLAGS = {
        Flags.Flag.ANSWERED, Flags.Flag.DELETED, Flags.Flag.DRAFT, Flags.Flag.FLAGGED, Flags.Flag.SEEN
    };

    private final InMemoryMailboxManager mailboxes =
            InMemoryIntegrationResources.defaultResources().getMailboxManager();
    private final MailboxSession session = mailboxes.createSystemSession(ALICE);
    private final MessageManager mailbox;
    private final List<ComparedMessage> messages = new ArrayList<>();

    /** Mail with random flags and dates. */
    ScannedMail(List<RawMessage> mail, Random random) throws MailboxException, IOException {
        this(mail, random, () -> FIRST.plusSeconds(random.nextInt(1_000_000)));
    }

    /** Mail that was all received at one time. */
    ScannedMail(List<RawMessage> mail, Instant received) throws MailboxException, IOException {
        this(mail, new Random(0), () -> received);
    }

    private ScannedMail(List<RawMessage> mail, Random random, Supplier<Instant> received)
            throws MailboxException, IOException {
        MailboxPath inbox = MailboxPath.inbox(ALICE);
        mailboxes.createMailbox(inbox, session);
        mailbox = mailboxes.getMailbox(inbox, session);
        for (RawMessage message : mail) {
            mailbox.appendMessage(
                    AppendCommand.builder()
                            .withFlags(flags(random))
                            .withInternalDate(Date.from(received.get()))
                            .build(message.octets()),
                    session);
        }
        try (StoredMailbox stored =
                new MailStore(mailboxes).open(ALICE, mailbox.getId()).orElseThrow()) {
            stored.read(1, mail.size(), message -> messages.add(compared(mail, message)));
        }
    }

    /** The project's small messages, and the sample mail of the trial server. */
    static List<RawMessage> sample() throws IOException {
        List<RawMessage> mail = new ArrayList<>(Corpus.own().toList());
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("mailroom.sample")))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                mail.add(new RawMessage(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        return mail;
    }

    private static Flags flags(Random random) {
        Flags flags = new Flags();
        for (Flags.Flag flag : FLAGS) {
            if (random.nextInt(3) == 0) {
                flags.add(flag);
            }
        }
        if (random.nextBoolean()) {
            flags.add("$Forwarded");
        }
        return flags;
    }

    private ComparedMessage compared(List<RawMessage> mail, StoredMessage message) throws IOException {
        RawMessage raw = mail.get((int) message.metadata().uid() - 1);
        try (InputStream content = message.open()) {
            return new ComparedMessage(
                    raw.name(),
                    raw.octets(),
                    message.metadata(),
                    new MessageTextReader().read(content),
                    header(message.metadata().uid()));
        }
    }

    private List<Header> header(long uid) {
        try {
            List<Header> header = new ArrayList<>();
            mailbox.getMessages(MessageRange.one(MessageUid.of(uid)), FetchGroup.HEADERS, session)
                    .next()
                    .getHeaders()
                    .headers()
                    .forEachRemaining(header::add);
            return header;
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ComparedMessage> messages() {
        return messages;
    }

    /** The uids of the messages that James finds. */
    Set<Long> search(SearchKey key, Instant now) throws MailboxException {
        SearchQuery query = SearchQuery.of(JamesCriteria.of(key, now));
        return new TreeSet<>(Flux.from(mailbox.search(query, session))
                .map(MessageUid::asLong)
                .collectList()
                .block());
    }
}
