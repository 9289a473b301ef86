/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.mailroom.search.query.SearchKeyParser;

/**
 * Reads rules as {@code conf/folder-rules.xml} has them; {@code folder-rules.xsd}, beside that file and in the JAR, says
 * what can stand in it. Rules are used as a whole or not at all. Thread-safe.
 */
public final class FolderRulesFile {
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
     * @throws FolderRulesException where anything is wrong with the rules, circles in which they would send mail included
     * @throws IOException where {@code in} cannot be read
     */
    public RuleBook read(InputStream in, String file) throws FolderRulesException, IOException {
        RuleElement root = elements.read(in, file);
        List<Problem> problems = new ArrayList<>();
        List<FolderRule> rules = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (RuleElement element : root.children("rule")) {
            RuleReader reader = new RuleReader(element, ++number, parser);
            Optional<FolderRule> rule = reader.read();
            Integer before = lines.putIfAbsent(reader.name(), element.line());
            if (before != null) {
                reader.wrong(element.line(), "the rule on line " + before + " has the same name");
            }
            rule.ifPresent(rules::add);
            problems.addAll(reader.problems());
        }
        if (problems.isEmpty()) {
            new RuleCircles(rules)
                    .find()
                    .ifPresent(circle -> problems.add(new Problem(
                            lines.get(circle.rule().name()),
                            Optional.of(circle.rule().name()),
                            circle.reason())));
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line));
            throw new FolderRulesException(file, problems);
        }
        RuleLimits limits = root.child("limits")
                .map(element -> RuleLimits.of(element.attributes()))
                .orElse(RuleLimits.DEFAULT);
        return new RuleBook(rules, limits);
    }
}
