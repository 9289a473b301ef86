/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.Registration;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.quota.InMemoryCurrentQuotaManager;
import org.apache.james.mailbox.inmemory.quota.InMemoryPerUserMaxQuotaManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.DefaultMessageId;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.CurrentQuotaCalculator;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.ListeningCurrentQuotaUpdater;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.sync.IndexingListener;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.mailets.FolderRulesListener;
import org.mailroom.mailets.check.RuleCheck;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.RuleLimits;
import org.mailroom.mailets.rules.RuleUsers;
import org.mailroom.mailets.rules.RuleValidity;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;
import org.mailroom.search.text.PartTextExtractor;
import reactor.core.publisher.Mono;

/** James's in-memory mail with Mailroom's index, and rules that run over it, in one JVM. */
public final class RuleMail implements AutoCloseable {
    public static final Username ALICE = Username.of("alice");
    public static final Username BOB = Username.of("bob");

    final WatchedStore store = new WatchedStore(Clock.systemUTC());
    final InMemoryMailboxManager mailboxes;
    final RunFiles files;
    final AtomicInteger searches = new AtomicInteger();
    public final List<FolderRule> rules = new ArrayList<>();
    RuleLimits limits = RuleLimits.DEFAULT;
    public RuleRuns runs;
    final RuleCounts counts = new RuleCounts();

    private final InMemoryPerUserMaxQuotaManager maxQuotas = new InMemoryPerUserMaxQuotaManager();
    private final DefaultUserQuotaRootResolver quotaRoots;
    private final SearchServices indexed;
    private final EventBus bus;
    private UserRules own = UserRules.NONE;
    private Optional<Registration> listener = Optional.empty();
    private int appended;

    /** Limits of runs, in messages; those of journals are the usual ones. */
    static RuleLimits limits(long run, long user, long minute) {
        return new RuleLimits(
                run,
                user,
                minute,
                RuleLimits.DEFAULT.journalDays(),
                RuleLimits.DEFAULT.journalMegabytes(),
                RuleLimits.DEFAULT.historyVersions());
    }

    public RuleMail(Path directory) throws IOException {
        this(directory, new InMemoryMessageId.Factory());
    }

    /** On a store whose messages have no ids, as James's JPA store is. */
    public static RuleMail withoutMessageIds(Path directory) throws IOException {
        return new RuleMail(directory, new DefaultMessageId.Factory());
    }

    private RuleMail(Path directory, MessageId.Factory messageIds) throws IOException {
        bus = new InVMEventBus(
                new InVmEventDelivery(new DropWizardMetricFactory(new MetricRegistry())),
                RetryBackoffConfiguration.DEFAULT,
                new MemoryEventDeadLetters());
        StoreRightManager rights = new StoreRightManager(store, new UnionMailboxACLResolver(), bus);
        SessionProviderImpl sessions =
                new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject());
        quotaRoots = new DefaultUserQuotaRootResolver(sessions, store);
        InMemoryCurrentQuotaManager current =
                new InMemoryCurrentQuotaManager(new CurrentQuotaCalculator(store, quotaRoots), sessions);
        StoreQuotaManager quotas = new StoreQuotaManager(current, maxQuotas);
        mailboxes = new InMemoryMailboxManager(
                store,
                sessions,
                new JVMMailboxPathLocker(),
                new MessageParser(),
                messageIds,
                bus,
                new StoreMailboxAnnotationManager(store, rights),
                rights,
                new QuotaComponents(maxQuotas, quotas, quotaRoots),
                new SimpleMessageSearchIndex(store, store, new DefaultTextExtractor(), null),
                PreDeletionHooks.NO_PRE_DELETION_HOOK,
                new NaiveThreadIdGuessingAlgorithm(),
                Clock.systemUTC());
        bus.register(new ListeningCurrentQuotaUpdater(current, quotaRoots, bus, quotas));
        indexed = new SearchServices(
                SearchIndexConfiguration.DEFAULT,
                directory.resolve("index"),
                mailboxes,
                PartTextExtractor.NONE,
                Clock.systemUTC());
        bus.register(new IndexingListener(indexed.sync(), bus));
        files = new RunFiles(directory.resolve("rules"));
        restart(CrashPoints.NONE);
    }

    /** How many messages of a mailbox are found; all of it is indexed afterwards. */
    long found(Username user, String mailbox, SearchKey key) throws Exception {
        return search().search(mailbox(user, mailbox).getId(), session(user), key, SearchProgress.NONE)
                .block()
                .uids()
                .length;
    }

    /** The search that plans ask, counted by {@link #searches}. */
    MailboxSearch search() {
        return (MailboxSearch) Proxy.newProxyInstance(
                RuleMail.class.getClassLoader(), new Class<?>[] {MailboxSearch.class}, (proxy, method, arguments) -> {
                    searches.incrementAndGet();
                    return method.invoke(indexed.search(), arguments);
                });
    }

    /** Restarts the server, over the same mail and files. */
    void restart(CrashPoints crashPoints) {
        runs = process(files, crashPoints, RuleNode.ALONE);
    }

    /** What one process makes of rules over this mail, with files of its own. */
    RuleRuns process(RunFiles own, CrashPoints crashPoints, RuleNode node) {
        RunContext context = new RunContext(
                new MailStoreAccess(mailboxes, new InMemoryId.Factory(), new RuleSessions()),
                new UserLocks(),
                () -> limits,
                Clock.systemUTC(),
                crashPoints,
                new CopyHistory(own),
                counts);
        return new RuleRuns(
                context,
                search(),
                own,
                () -> new RuleBook(rules),
                this.own,
                () -> List.of(ALICE, BOB),
                () -> JournalRetention.DEFAULT,
                node);
    }

    /** As {@link #restart}, to last. */
    public void nextLife() {
        restart(CrashPoints.NONE);
    }

    /** As {@link #nextLife}, with rules that users made. */
    public void ownRules(UserRules rules) {
        own = rules;
        nextLife();
    }

    public MailboxManager mailboxes() {
        return mailboxes;
    }

    /** What replays rules over this mail. */
    public RuleCheck check() {
        return new RuleCheck(
                mailboxes,
                indexed.search(),
                () -> List.of(ALICE, BOB),
                new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)),
                Clock.systemUTC());
    }

    public void rule(String name, String when, RuleAction... actions) {
        rule(name, RuleFolders.INBOX, when, actions);
    }

    /** A rule for INBOX that acts on {@code on}. */
    public void ruleOn(Set<Trigger> on, String name, String when, RuleAction... actions) {
        rule(on, Optional.empty(), name, RuleFolders.INBOX, when, actions);
    }

    /** Has rules act at events from now on. */
    public void listen() {
        listen(new FolderRulesListener(runs));
    }

    void listen(EventListener.ReactiveGroupEventListener heard) {
        listener = Optional.of(bus.register(heard));
    }

    /** As {@link #listen}, with what began with a restart of the server. */
    void listenAgain() {
        Mono.from(listener.orElseThrow().unregister()).block();
        listen();
    }

    public void rule(String name, RuleFolders folders, String when, RuleAction... actions) {
        rule(Set.of(Trigger.DEMAND), Optional.empty(), name, folders, when, actions);
    }

    void rule(
            Set<Trigger> on,
            Optional<String> schedule,
            String name,
            RuleFolders folders,
            String when,
            RuleAction... actions) {
        try {
            rules.add(FolderRule.of(
                    name, RuleUsers.ALL, folders, on, SearchKeyParser.parse(when), when, List.of(actions), schedule));
        } catch (SearchSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Lets the rule act as its validity says. */
    void limit(String name, RuleValidity validity) {
        rules.replaceAll(rule -> rule.name().equals(name)
                ? new FolderRule(
                        name,
                        rule.users(),
                        rule.folders(),
                        rule.on(),
                        rule.when(),
                        rule.whenText(),
                        rule.actions(),
                        rule.schedule(),
                        validity,
                        rule.version())
                : rule);
    }

    public MailboxSession session(Username user) {
        return mailboxes.createSystemSession(user);
    }

    public void create(Username user, String name) throws MailboxException {
        mailboxes.createMailbox(MailboxPath.forUser(user, name), session(user));
    }

    MessageManager mailbox(Username user, String name) throws MailboxException {
        return mailboxes.getMailbox(MailboxPath.forUser(user, name), session(user));
    }

    /** A message that comes now. */
    public long appendNow(Username user, String mailbox, String subject, String... flags) throws MailboxException {
        return append(user, mailbox, "Subject: " + subject + "\r\n\r\nbody\r\n", Instant.now(), flags);
    }

    /** A message with a Message-ID, body and internal date of its own. */
    public long append(Username user, String mailbox, String subject, String... flags) throws MailboxException {
        appended++;
        String message =
                "From: =?utf-8?q?S=C3=A9nder?= <sender@example.org>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
                        + "Message-ID: <" + appended + "@example.org>\r\nSubject: " + subject + "\r\n\r\nbody\r\n";
        return append(user, mailbox, message, Instant.ofEpochSecond(1_700_000_000L + appended), flags);
    }

    public long append(Username user, String mailbox, String message, Instant date, String... flags)
            throws MailboxException {
        return mailbox(user, mailbox)
                .appendMessage(
                        AppendCommand.builder()
                                .withFlags(JamesFlags.ofNames(Set.of(flags)))
                                .withInternalDate(Date.from(date))
                                .build(message.getBytes(StandardCharsets.UTF_8)),
                        session(user))
                .getId()
                .getUid()
                .asLong();
    }

    public void flag(Username user, String mailbox, long uid, String... flags) throws MailboxException {
        Flags james = JamesFlags.ofNames(Set.of(flags));
        mailbox(user, mailbox)
                .setFlags(james, FlagsUpdateMode.ADD, MessageUid.of(uid).toRange(), session(user));
    }

    public void unflag(Username user, String mailbox, long uid, String... flags) throws MailboxException {
        Flags james = JamesFlags.ofNames(Set.of(flags));
        mailbox(user, mailbox)
                .setFlags(james, FlagsUpdateMode.REMOVE, MessageUid.of(uid).toRange(), session(user));
    }

    public void move(Username user, String from, long uid, String to) throws MailboxException {
        mailboxes.moveMessages(
                MessageUid.of(uid).toRange(),
                MailboxPath.forUser(user, from),
                MailboxPath.forUser(user, to),
                session(user));
    }

    public void quota(Username user, long messages) throws MailboxException {
        maxQuotas.setMaxMessage(quotaRoots.getQuotaRoot(MailboxPath.inbox(user)), QuotaCountLimit.count(messages));
    }

    /** Every mailbox of a user with its messages, sorted: flags and subject. */
    public Map<String, List<String>> mail(Username user) throws MailboxException {
        Map<String, List<String>> mail = new TreeMap<>();
        MailboxSession session = session(user);
        for (MailboxPath path : mailboxes.list(session)) {
            if (path.getUser().equals(user)) {
                List<String> messages = new ArrayList<>();
                Iterator<MessageResult> results = mailboxes
                        .getMailbox(path, session)
                        .getMessages(MessageRange.all(), FetchGroup.HEADERS, session);
                while (results.hasNext()) {
                    MessageResult message = results.next();
                    messages.add(OpenMailbox.header(message, "Subject").orElse("") + " "
                            + JamesFlags.names(message.getFlags()));
                }
                messages.sort(null);
                mail.put(path.getName(), messages);
            }
        }
        return mail;
    }

    @Override
    public void close() {
        indexed.close();
    }
}
