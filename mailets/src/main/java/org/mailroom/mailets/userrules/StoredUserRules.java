/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.userrules;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads users' own rules from James's store, where the administrator lets users have some. It reads them once in a
 * while for each user, and at once when a client of this server has written them. It leaves out and logs those that are
 * wrong, however they came there. Thread-safe.
 */
public final class StoredUserRules implements UserRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoredUserRules.class);

    /** What another server of the same store wrote is known after that time. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final int MAX_USERS = 5_000;

    private final MailboxManager mailboxes;
    private final FolderRulesFile file;
    private final CurrentRules admins;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<Username, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Username, Known> eldest) {
            return size() > MAX_USERS;
        }
    };

    @GuardedBy("this")
    private long forgotten;

    private record Known(List<FolderRule> rules, Instant until) {}

    /** @param admins says whether users may have rules */
    public StoredUserRules(MailboxManager mailboxes, FolderRulesFile file, CurrentRules admins, Clock clock) {
        this.mailboxes = mailboxes;
        this.file = file;
        this.admins = admins;
        this.clock = clock;
    }

    /** Whether users may have rules now. */
    boolean areAllowed() {
        return admins.get().userRules();
    }

    @Override
    public boolean mayAct(Username user, Trigger trigger) {
        return areAllowed()
                && known(user)
                        .map(rules -> rules.stream()
                                .anyMatch(rule -> rule.on().contains(trigger) && rule.isActive(clock.instant())))
                        .orElse(true);
    }

    @Override
    public List<FolderRule> of(Username user) {
        // such a name, as a rule has it, would stand for others too
        if (!areAllowed() || user.asString().contains("*")) {
            return List.of();
        }
        return known(user).orElseGet(() -> readAndKnow(user)).stream()
                .filter(rule -> rule.isActive(clock.instant()))
                .toList();
    }

    private List<FolderRule> readAndKnow(Username user) {
        long asOf = forgotten();
        List<FolderRule> rules = read(user);
        know(user, rules, asOf);
        return rules;
    }

    private synchronized Optional<List<FolderRule>> known(Username user) {
        return Optional.ofNullable(known.get(user))
                .filter(rules -> clock.instant().isBefore(rules.until()))
                .map(Known::rules);
    }

    private synchronized long forgotten() {
        return forgotten;
    }

    /** Not where somebody wrote meanwhile: what was read may be what was there before. */
    private synchronized void know(Username user, List<FolderRule> rules, long asOf) {
        if (asOf == forgotten) {
            known.put(user, new Known(rules, clock.instant().plus(FRESH)));
        }
    }

    /** Sees to it that the rules of {@code user} are read again. */
    synchronized void forget(Username user) {
        known.remove(user);
        forgotten++;
    }

    private List<FolderRule> read(Username user) {
        try {
            Optional<String> text = RulesEntry.text(entries(user));
            return text.isEmpty() ? List.of() : parse(user, List.of(), text.get());
        } catch (FolderRulesException e) {
            LOGGER.warn(
                    "The rules of user {} are not applied, because they are wrong: {}",
                    user.asString(),
                    e.getMessage());
        } catch (MailboxException | IOException | RuntimeException e) {
            LOGGER.error("The rules of user {} are not applied, because they cannot be read", user.asString(), e);
        }
        return List.of();
    }

    /** What is written now. */
    Collection<MailboxAnnotation> entries(Username user) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(user);
        mailboxes.startProcessingRequest(session);
        try {
            return mailboxes.getAnnotationsByKeysWithOneDepth(MailboxPath.inbox(user), session, Set.of(RulesEntry.KEY));
        } catch (MailboxNotFoundException e) {
            return List.of();
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    /** @param before rules that act before them */
    List<FolderRule> parse(Username user, List<FolderRule> before, String text)
            throws FolderRulesException, IOException {
        return file.readOf(
                user,
                before,
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                RulesEntry.KEY.asString());
    }

    /** The rules of the admin. */
    List<FolderRule> before() {
        return admins.get().rules();
    }
}
