/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.core.Username;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.mailroom.search.query.SearchKeyParser;

/**
 * Reads rules as {@code conf/folder-rules.xml} has them; {@code folder-rules.xsd}, beside that file and in the JAR, says
 * what can stand in it. Rules are used as a whole or not at all. Thread-safe.
 */
public final class FolderRulesFile {
    private static final int MAX_RULES_OF_USER = 100;

    /** James's stores keep ten entries of 1,024 characters of a mailbox. */
    private static final int MAX_OCTETS_OF_USER = 1 << 16;

    private final SearchKeyParser parser;
    private final RuleElements elements = new RuleElements();

    /** @param parser reads conditions, within its limits */
    public FolderRulesFile(SearchKeyParser parser) {
        this.parser = parser;
    }

    /**
     * The rules of a file.
     *
     * @param in is read to its end, and left open
     * @param file what messages call it
     * @throws FolderRulesException where anything is wrong with the rules, loops in which they would move mail included
     * @throws IOException where {@code in} cannot be read
     */
    public RuleBook read(InputStream in, String file) throws FolderRulesException, IOException {
        RuleElement root = elements.read(in, file);
        List<FolderRule> rules = rules(root, file, Optional.empty(), List.of());
        RuleLimits limits = root.child("limits")
                .map(element -> RuleLimits.of(element.attributes()))
                .orElse(RuleLimits.DEFAULT);
        return new RuleBook(rules, limits, root.yes("user-rules"));
    }

    /**
     * Rules that a user made. They act for that user alone, send nothing anywhere, and are named after the user.
     *
     * @param before rules that act before them, with which they must not move mail in loops either
     * @param in is read to its end, and left open
     * @param file what messages call it
     * @throws FolderRulesException where anything is wrong with the rules, or they are beyond what a user may do
     * @throws IOException where {@code in} cannot be read
     */
    public List<FolderRule> readOf(Username user, List<FolderRule> before, InputStream in, String file)
            throws FolderRulesException, IOException {
        byte[] text = in.readNBytes(MAX_OCTETS_OF_USER + 1);
        if (text.length > MAX_OCTETS_OF_USER) {
            throw new FolderRulesException(
                    file,
                    List.of(new Problem(
                            1, Optional.empty(), "a user's rules take " + MAX_OCTETS_OF_USER + " octets at most")));
        }
        RuleElement root = elements.read(new ByteArrayInputStream(text), file);
        if (root.child("limits").isPresent() || !root.attributes().isEmpty()) {
            throw wrong(root, file, "<limits> and attributes of <folder-rules> are the admin's; leave them out");
        }
        if (root.children("rule").size() > MAX_RULES_OF_USER) {
            throw wrong(root, file, "a user has at most " + MAX_RULES_OF_USER + " rules");
        }
        List<FolderRule> acting =
                before.stream().filter(rule -> rule.users().includes(user)).toList();
        return rules(root, file, Optional.of(user), acting).stream()
                .map(rule -> rule.named(user.asString() + ": " + rule.name()))
                .toList();
    }

    private static FolderRulesException wrong(RuleElement root, String file, String reason) {
        return new FolderRulesException(file, List.of(new Problem(root.line(), Optional.empty(), reason)));
    }

    private List<FolderRule> rules(RuleElement root, String file, Optional<Username> owner, List<FolderRule> before)
            throws FolderRulesException {
        List<Problem> problems = new ArrayList<>();
        List<FolderRule> rules = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (RuleElement element : root.children("rule")) {
            RuleReader reader = new RuleReader(element, ++number, parser);
            Optional<FolderRule> rule = reader.read(owner);
            Integer first = lines.putIfAbsent(reader.name(), element.line());
            if (first != null) {
                reader.wrong(element.line(), "the rule on line " + first + " has the same name");
            }
            rule.ifPresent(rules::add);
            problems.addAll(reader.problems());
        }
        if (problems.isEmpty()) {
            new RuleLoops(Stream.concat(before.stream(), rules.stream())
                            .filter(rule -> rule.validity().enabled())
                            .toList())
                    .find()
                    .ifPresent(loop -> problems.add(new Problem(
                            lines.getOrDefault(loop.rule().name(), root.line()),
                            Optional.of(loop.rule().name()),
                            loop.reason())));
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line));
            throw new FolderRulesException(file, problems);
        }
        return rules;
    }
}
