/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import com.codahale.metrics.MetricRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.mail.MessagingException;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.transport.mailets.LocalDelivery;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailets.MemoryMailboxes;
import org.mailroom.mailets.conditions.MailConditions;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/** James's LocalDelivery, with a mailet before it, into James's in-memory store. Users are ann, bob and eve@example.org. */
final class LocalMail {
    static final Username ANN = Username.of("ann@example.org");
    static final Username BOB = Username.of("bob@example.org");
    static final Username EVE = Username.of("eve@example.org");

    private final SearchKeyParser parser = new SearchKeyParser(SearchLimits.DEFAULT);
    private final FakeMailContext context = FakeMailContext.defaultContext();
    private final MemoryUsersRepository users;
    private final MailboxManager mailboxes;
    private final MessageTextReader reader;
    private final RuleCounts counts = new RuleCounts();
    private Clock clock = Clock.systemUTC();

    LocalMail() throws Exception {
        this(MemoryMailboxes.make());
    }

    /** What was noted: mailbox, Message-ID, rules, actions. */
    final List<String> notes = new ArrayList<>();

    LocalMail(MailboxManager mailboxes) throws Exception {
        this(mailboxes, new MessageTextReader(), ANN, BOB, EVE);
    }

    /** With other users of example.org. */
    LocalMail(MailboxManager mailboxes, MessageTextReader reader, Username... users) throws Exception {
        this.mailboxes = mailboxes;
        this.reader = reader;
        MemoryDomainList domains = new MemoryDomainList(null);
        domains.configure(DomainListConfiguration.DEFAULT);
        domains.addDomain(Domain.of("example.org"));
        this.users = MemoryUsersRepository.withVirtualHosting(domains);
        for (Username user : users) {
            this.users.addUser(user, "secret");
        }
    }

    FakeMailContext context() {
        return context;
    }

    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Acts as if it were then, as far as rules expire. */
    void at(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    RuleCounts counts() {
        return counts;
    }

    LocalRecipients recipients() {
        return new LocalRecipients(
                users,
                mailboxes,
                (rules, user, mailbox, messageId, actions) ->
                        notes.add(mailbox + " " + messageId + " " + rules.keySet() + " " + actions),
                counts);
    }

    /** What puts mail to the rules of a file. */
    DeliveryRules rules(String... lines) throws Exception {
        return arriving(current("<folder-rules>" + String.join("\n", lines) + "</folder-rules>"), UserRules.NONE);
    }

    /** The rules of a file, to be read once. */
    CurrentRules current(String text) throws Exception {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        return CurrentRules.of(new FolderRulesFile(parser), new CurrentRules.Source() {
            @Override
            public String name() {
                return "folder-rules.xml";
            }

            @Override
            public Optional<InputStream> open() {
                return Optional.of(new ByteArrayInputStream(file));
            }
        });
    }

    /** What puts mail to rules, those of users included. */
    DeliveryRules arriving(CurrentRules rules, UserRules own) {
        MailConditions conditions = new MailConditions(
                parser, SignatureFields.DEFAULT, Casemap.keepingAccents(), reader, Clock.systemUTC());
        return new DeliveryRules(rules, own, conditions, recipients(), new SetClock());
    }

    /** Starts a mailet as James does. */
    <T extends Mailet> T start(T mailet, String... parameters) throws MessagingException {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName(mailet.getClass().getName())
                .mailetContext(context);
        for (int i = 0; i < parameters.length; i += 2) {
            config.setProperty(parameters[i], parameters[i + 1]);
        }
        mailet.init(config.build());
        return mailet;
    }

    static Mail mail(String message, Username... recipients) throws MessagingException {
        return mail(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), recipients);
    }

    static Mail mail(byte[] message, Username... recipients) throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name("a-mail")
                .sender("sender@example.com")
                .addRecipients(Arrays.stream(recipients).map(Username::asString).toArray(String[]::new))
                .state("local-delivery")
                .build();
        mail.setMessageContent(new Octets(message));
        return mail;
    }

    /** Through the mailets, and then to the mailboxes. */
    void deliver(Mail mail, Mailet... mailets) throws MessagingException {
        for (Mailet mailet : mailets) {
            if (!mail.getState().equals(Mail.GHOST)) {
                mailet.service(mail);
            }
        }
        if (!mail.getState().equals(Mail.GHOST)) {
            start(new LocalDelivery(users, mailboxes, new DropWizardMetricFactory(new MetricRegistry())))
                    .service(mail);
        }
    }

    void create(Username user, String... names) throws Exception {
        MailboxSession session = mailboxes.createSystemSession(user);
        for (String name : names) {
            mailboxes.createMailbox(MailboxPath.forUser(user, name), session);
        }
    }

    /** The flags, without \Recent, of each message in each mailbox of a user that is not empty. */
    Map<String, List<String>> mail(Username user) throws Exception {
        Map<String, List<String>> mail = new TreeMap<>();
        messages(user)
                .forEach((mailbox, messages) -> mail.put(
                        mailbox,
                        messages.stream()
                                .map(message -> String.join(" ", JamesFlags.names(message.getFlags())))
                                .toList()));
        return mail;
    }

    Map<String, List<MessageResult>> messages(Username user) throws Exception {
        MailboxSession session = mailboxes.createSystemSession(user);
        Map<String, List<MessageResult>> mail = new TreeMap<>();
        for (MailboxPath path : mailboxes.list(session)) {
            if (path.getUser().equals(user)) {
                List<MessageResult> messages = new ArrayList<>();
                mailboxes
                        .getMailbox(path, session)
                        .getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session)
                        .forEachRemaining(messages::add);
                if (!messages.isEmpty()) {
                    mail.put(path.getName(), messages);
                }
            }
        }
        return mail;
    }

    private record Octets(byte[] octets) implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "a-mail";
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
