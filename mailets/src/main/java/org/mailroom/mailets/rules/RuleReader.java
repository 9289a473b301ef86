/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.james.core.Username;
import org.mailroom.mailets.conditions.UnsupportedKeys;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.mailroom.mailets.rules.RuleUsers.Names;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchKeyPrinter;
import org.mailroom.search.query.SearchSyntaxException;

/** Makes a rule of its element, or says all that is wrong with it. For one rule. */
final class RuleReader {
    /** It stands in each line of each journal. */
    private static final int MAX_NAME = 200;

    private final RuleElement element;
    private final String name;
    private final SearchKeyParser parser;
    private final List<Problem> problems = new ArrayList<>();

    RuleReader(RuleElement element, int number, SearchKeyParser parser) {
        this.element = element;
        this.name = nameOf(element.attributes(), number);
        this.parser = parser;
    }

    /** What a rule is called in messages. */
    static String nameOf(Map<String, String> attributes, int number) {
        String name = attributes.getOrDefault("name", "").strip();
        if (name.isEmpty()) {
            return "number " + number;
        }
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
    }

    String name() {
        return name;
    }

    List<Problem> problems() {
        return problems;
    }

    void wrong(int line, String reason) {
        problems.add(new Problem(line, Optional.of(name), reason));
    }

    /**
     * The rule; empty where {@link #problems} says why there is none.
     *
     * @param owner the user who made it, for whom alone it acts; empty where the admin did
     */
    Optional<FolderRule> read(Optional<Username> owner) {
        if (element.attributes().getOrDefault("name", "").strip().length() > MAX_NAME) {
            wrong(element.line(), "its name has more than " + MAX_NAME + " characters");
        }
        Set<Trigger> on = triggers();
        RuleUsers users = owner.map(this::onlyOwner).orElseGet(this::users);
        owner.ifPresent(user -> checkForUser(on));
        RuleFolders folders = folders();
        RuleElement when = element.child("when").orElseThrow();
        Optional<SearchKey> key = condition(when, on);
        Optional<String> schedule = schedule(on);
        List<RuleAction> actions = actions(on);
        RuleValidity validity = validity();
        return problems.isEmpty()
                ? key.map(condition ->
                        FolderRule.of(name, users, folders, on, condition, when.text(), actions, schedule, validity))
                : Optional.empty();
    }

    private RuleValidity validity() {
        Optional<Instant> expires = Optional.empty();
        String text = element.attributes().getOrDefault("expires", "").strip();
        if (element.attributes().containsKey("expires")) {
            try {
                expires = Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException e) {
                wrong(
                        element.line(),
                        "the attribute 'expires' of <rule> is '" + text
                                + "', but has to be a time with its zone, such as 2027-01-31T00:00:00Z");
            }
        }
        return new RuleValidity(!element.attributes().containsKey("enabled") || element.yes("enabled"), expires);
    }

    private Set<Trigger> triggers() {
        Set<Trigger> on = EnumSet.noneOf(Trigger.class);
        for (String word : words(Objects.requireNonNull(element.attributes().get("on"), "on"))) {
            on.add(Trigger.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return on;
    }

    private RuleUsers onlyOwner(Username owner) {
        RuleUsers only = RuleUsers.only(owner);
        RuleUsers written = users();
        if (!written.equals(RuleUsers.ALL) && !written.equals(only)) {
            wrong(
                    element.child("users").orElseThrow().line(),
                    "a user's own rule is for that user alone; leave <users> out");
        }
        return only;
    }

    private void checkForUser(Set<Trigger> on) {
        if (on.contains(Trigger.SCHEDULE)) {
            wrong(element.line(), "a user's own rule is not on schedule; take that word out of its on");
        }
        element.child("actions")
                .flatMap(actions -> actions.child("toProcessor"))
                .ifPresent(action ->
                        wrong(action.line(), "a user's own rule hands mail to no processor; take <toProcessor> out"));
    }

    private RuleUsers users() {
        Optional<RuleElement> users = element.child("users");
        if (users.isEmpty()) {
            return RuleUsers.ALL;
        }
        if (users.get().children().isEmpty()) {
            wrong(users.get().line(), "<users> names nobody; leave it out where the rule is for all");
        }
        Names excepted = users.get().child("except").map(this::names).orElse(Names.NONE);
        return new RuleUsers(names(users.get()), excepted);
    }

    private Names names(RuleElement parent) {
        List<RuleElement> users = parent.children("user");
        List<RuleElement> domains = parent.children("domain");
        for (RuleElement user : users) {
            if (words(user.text()).length > 1) {
                wrong(user.line(), "<user> is '" + user.text() + "', but holds one name of a user, without blanks");
            }
        }
        for (RuleElement domain : domains) {
            if (words(domain.text()).length > 1 || domain.text().contains("@")) {
                wrong(domain.line(), "<domain> is '" + domain.text() + "', but holds one domain, without @ and blanks");
            }
        }
        return new Names(
                users.stream().map(RuleElement::text).toList(),
                domains.stream().map(RuleElement::text).toList());
    }

    private RuleFolders folders() {
        List<RuleFolders.Entry> entries = new ArrayList<>();
        for (RuleElement folder : element.children("folder")) {
            checked(folder, () -> new RuleFolders.Entry(folder.text(), folder.yes("subtree")))
                    .ifPresent(entries::add);
        }
        return entries.isEmpty() ? RuleFolders.INBOX : new RuleFolders(entries);
    }

    private Optional<SearchKey> condition(RuleElement when, Set<Trigger> on) {
        SearchKey key;
        try {
            key = parser.parseCondition(when.text());
        } catch (SearchSyntaxException e) {
            wrong(when.line(), "<when> is no IMAP search expression: " + e.getMessage());
            return Optional.empty();
        }
        boolean delivery = on.contains(Trigger.DELIVERY);
        Optional<UnsupportedKeys.Unsupported> unanswered =
                (delivery ? UnsupportedKeys.IN_TRANSIT : UnsupportedKeys.STORED).first(key);
        unanswered.ifPresent(without -> wrong(
                when.line(),
                "<when> asks for " + SearchKeyPrinter.print(without.key()) + ", which "
                        + (delivery ? "mail on its way" : "a rule") + " cannot answer: " + without.reason()
                        + "; leave that key out"
                        + (delivery && UnsupportedKeys.STORED.first(key).isEmpty()
                                ? ", or 'delivery' out of the rule's on"
                                : "")));
        return Optional.of(key);
    }

    private Optional<String> schedule(Set<Trigger> on) {
        Optional<RuleElement> schedule = element.child("schedule");
        boolean scheduled = on.contains(Trigger.SCHEDULE);
        if (scheduled && schedule.isEmpty()) {
            wrong(element.line(), "it is on schedule, but has no <schedule>; write one, such as 0 3 * * * (at 3:00)");
        }
        if (!scheduled && schedule.isPresent()) {
            wrong(schedule.get().line(), "it has a <schedule>, but is not on schedule; add that word to its on");
        }
        return schedule.flatMap(
                times -> checked(times, () -> CronSchedule.parse(times.text()).text()));
    }

    private List<RuleAction> actions(Set<Trigger> on) {
        List<RuleAction> actions = new ArrayList<>();
        List<RuleElement> elements = element.child("actions").orElseThrow().children();
        for (RuleElement action : elements) {
            if (!actions.isEmpty() && actions.get(actions.size() - 1) instanceof RuleAction.Stop) {
                wrong(action.line(), "<" + action.name() + "> stands behind <stop/> and would never be done");
            }
            checked(action, () -> action(action)).ifPresent(actions::add);
            if (action.name().equals("toProcessor") && !on.equals(Set.of(Trigger.DELIVERY))) {
                wrong(
                        action.line(),
                        "<toProcessor> is for mail on its way: stored mail is sent nowhere; make the rule"
                                + " on=\"delivery\"");
            }
        }
        return actions;
    }

    private static RuleAction action(RuleElement action) {
        return switch (action.name()) {
            case "fileInto" -> new RuleAction.FileInto(target(action), action.yes("create"));
            case "copyInto" -> new RuleAction.CopyInto(target(action), action.yes("create"));
            case "addFlag" -> new RuleAction.AddFlag(flags(action));
            case "removeFlag" -> new RuleAction.RemoveFlag(flags(action));
            case "setFlag" -> new RuleAction.SetFlag(flags(action));
            case "discard" -> new RuleAction.Discard(action.yes("expunge"));
            case "keep" -> new RuleAction.Keep();
            case "stop" -> new RuleAction.Stop();
            case "toProcessor" -> new RuleAction.ToProcessor(action.text());
            default -> throw new IllegalStateException("folder-rules.xsd lets <" + action.name() + "> pass");
        };
    }

    private static FolderName target(RuleElement action) {
        FolderName folder = new FolderName(action.text());
        if (action.yes("create")) {
            folder.requireCreatable();
        }
        return folder;
    }

    private static Set<String> flags(RuleElement action) {
        return action.text().isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(words(action.text())));
    }

    private <T> Optional<T> checked(RuleElement at, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            wrong(at.line(), "<" + at.name() + ">: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+");
    }
}
