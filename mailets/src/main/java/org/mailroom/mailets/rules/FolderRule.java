/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyPrinter;

/**
 * A rule of {@code folder-rules.xml}. Immutable.
 *
 * @param name what people call it; no other rule of the file has it
 * @param users for whom it acts
 * @param folders where it acts
 * @param on when it acts; not empty
 * @param when what it asks of a message
 * @param whenText that as it stands in the file
 * @param actions what it does, in order; not empty
 * @param schedule the times at which it acts, for {@link Trigger#SCHEDULE}
 * @param validity whether and how long it acts
 * @param version tells this text of the rule from others: the same where nothing but layout has changed
 */
public record FolderRule(
        String name,
        RuleUsers users,
        RuleFolders folders,
        Set<Trigger> on,
        SearchKey when,
        String whenText,
        List<RuleAction> actions,
        Optional<String> schedule,
        RuleValidity validity,
        String version) {
    private static final int VERSION_DIGITS = 12;

    public FolderRule {
        Objects.requireNonNull(name);
        Objects.requireNonNull(users);
        Objects.requireNonNull(folders);
        Objects.requireNonNull(when);
        Objects.requireNonNull(whenText);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(validity);
        Objects.requireNonNull(version);
        if (on.isEmpty() || actions.isEmpty()) {
            throw new IllegalArgumentException("rule '" + name + "' never acts or does nothing");
        }
        on = Collections.unmodifiableSet(EnumSet.copyOf(on));
        actions = List.copyOf(actions);
    }

    /** As {@link #of(String, RuleUsers, RuleFolders, Set, SearchKey, String, List, Optional, RuleValidity)}, always. */
    public static FolderRule of(
            String name,
            RuleUsers users,
            RuleFolders folders,
            Set<Trigger> on,
            SearchKey when,
            String whenText,
            List<RuleAction> actions,
            Optional<String> schedule) {
        return of(name, users, folders, on, when, whenText, actions, schedule, RuleValidity.ALWAYS);
    }

    /** A rule with the version of its text. */
    public static FolderRule of(
            String name,
            RuleUsers users,
            RuleFolders folders,
            Set<Trigger> on,
            SearchKey when,
            String whenText,
            List<RuleAction> actions,
            Optional<String> schedule,
            RuleValidity validity) {
        String text = String.join(
                "\n",
                name,
                users.toString(),
                folders.toString(),
                EnumSet.copyOf(on).toString(),
                SearchKeyPrinter.print(when),
                actions.stream().map(RuleAction::text).collect(Collectors.joining("; ")),
                schedule.orElse(""));
        // journals know the versions of rules that always act
        String version = digest(validity.equals(RuleValidity.ALWAYS) ? text : text + "\n" + validity.text());
        return new FolderRule(name, users, folders, on, when, whenText, actions, schedule, validity, version);
    }

    /** The same rule, with another name and the version that it has. */
    public FolderRule named(String other) {
        return new FolderRule(other, users, folders, on, when, whenText, actions, schedule, validity, version);
    }

    /** Whether it acts at a moment, as far as that depends on time. */
    public boolean isActive(Instant now) {
        return validity.at(now) == RuleValidity.State.ACTIVE;
    }

    /**
     * What this rule alone makes of a message that it matches.
     *
     * @param mailbox the name of the mailbox that the message is in, without namespace and user
     * @param delimiter what separates levels in it
     */
    public RuleOutcome outcome(String mailbox, char delimiter) {
        OutcomeBuilder outcome = new OutcomeBuilder(mailbox, delimiter);
        outcome.apply(this);
        return outcome.get();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
