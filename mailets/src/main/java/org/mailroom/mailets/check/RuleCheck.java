/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.MailUsers;
import org.mailroom.mailets.runs.OwnMailboxes;
import org.mailroom.mailets.runs.RunRefusedException;
import reactor.core.Exceptions;

/**
 * Replays rules over mail that came in the last days and reports which rules match what, which never match, and which
 * are never asked. Changes nothing. Thread-safe.
 *
 * <p>Rules that act on arrival are asked about all mail but the user's own, wherever it lies now, as it was when it
 * arrived: without flags. Rules that act later are asked about the mail in the folders where they act, as it is now.
 * Two copies of a message count twice.
 */
public final class RuleCheck {
    private final MailboxManager mailboxes;
    private final MailboxSearch search;
    private final MailUsers users;
    private final FolderRulesFile file;
    private final Clock clock;

    /** @param file reads rules that are not in force */
    public RuleCheck(
            MailboxManager mailboxes, MailboxSearch search, MailUsers users, FolderRulesFile file, Clock clock) {
        this.mailboxes = mailboxes;
        this.search = search;
        this.users = users;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads rules that are to be checked.
     *
     * @throws FolderRulesException where anything is wrong with them
     */
    public RuleBook read(byte[] text) throws FolderRulesException, IOException {
        return file.read(new ByteArrayInputStream(text), "the rules sent");
    }

    /**
     * Replays {@code book}, by one search for each condition and mailbox.
     *
     * @throws RunRefusedException where there is no such user
     * @throws MailboxException where mail cannot be searched
     */
    public CheckReport check(RuleBook book, CheckRequest request) throws RunRefusedException, MailboxException {
        return check(book, UserRules.NONE, request);
    }

    /** As {@link #check(RuleBook, CheckRequest)}, with rules that users made for themselves, which come after those. */
    public CheckReport check(RuleBook book, UserRules own, CheckRequest request)
            throws RunRefusedException, MailboxException {
        List<Username> asked = users.asked(request.users());
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(request.days());
        Map<Username, List<FolderRule>> ofUsers = new LinkedHashMap<>();
        asked.forEach(user -> ofUsers.put(user, own.of(user)));
        List<FolderRule> rules = new ArrayList<>(book.rules());
        ofUsers.values().forEach(rules::addAll);
        CheckReportBuilder tally = new CheckReportBuilder(rules, clock.instant());
        for (Username user : asked) {
            RuleBook acting = book.activeAt(clock.instant()).followedBy(ofUsers.getOrDefault(user, List.of()));
            if (acting.rules().stream().anyMatch(rule -> rule.users().includes(user))) {
                replay(user, acting, since, tally);
            }
        }
        return tally.report(since, asked);
    }

    private void replay(Username user, RuleBook book, LocalDate since, CheckReportBuilder tally)
            throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(user);
        mailboxes.startProcessingRequest(session);
        try {
            OwnMailboxes own = OwnMailboxes.of(mailboxes, session);
            tally.lookForTargets(user, own.names(), session.getPathDelimiter());
            MailboxReplay replay = new MailboxReplay(book, search, since, tally, session);
            for (MailboxMetaData mailbox : own.all()) {
                replayUnlessGone(replay, mailbox);
            }
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    private static void replayUnlessGone(MailboxReplay replay, MailboxMetaData mailbox) {
        try {
            replay.replay(mailbox.getPath().getName(), mailbox.getId());
        } catch (RuntimeException e) {
            // deleted since the list was made
            if (!(Exceptions.unwrap(e) instanceof MailboxNotFoundException)) {
                throw e;
            }
        }
    }
}
