/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;

/**
 * Finds rules that would move mail in a loop: out of a folder and, one after the other, back into it. Only rules that
 * act on stored mail by themselves can: rules on delivery act once, and rules on demand act when an administrator asks.
 * Rules do not form a loop where two of them can never hold for one message, or are for different users.
 */
final class RuleLoops {
    /** Folders are compared as James's usual delimiter has them. */
    private static final char DELIMITER = '.';

    /** Rules of people are far from it; what is beyond is refused rather than searched through. */
    private static final int MAX_STEPS = 20_000;

    private static final Set<Trigger> BY_THEMSELVES =
            Set.of(Trigger.APPEND, Trigger.MOVE, Trigger.FLAG, Trigger.SCHEDULE);

    /** A loop, said of its first rule. */
    record Loop(FolderRule rule, String reason) {}

    /** A way out of one folder into another. */
    private record Step(String from, String to, FolderRule rule) {}

    private final Map<String, List<Step>> steps = new LinkedHashMap<>();
    private final RuleCompatibility together = new RuleCompatibility();
    private int tried;

    RuleLoops(List<FolderRule> rules) {
        List<FolderRule> moving = rules.stream()
                .filter(rule -> rule.on().stream().anyMatch(BY_THEMSELVES::contains))
                .toList();
        // every folder of a loop is one that some rule files into
        Set<String> folders = new TreeSet<>();
        moving.forEach(rule -> folders.addAll(targets(rule, "")));
        for (String folder : folders) {
            for (FolderRule rule : moving) {
                if (rule.folders().includes(folder, DELIMITER)) {
                    targets(rule, folder).forEach(to -> steps.computeIfAbsent(folder, from -> new ArrayList<>())
                            .add(new Step(folder, to, rule)));
                }
            }
        }
        dropWaysWithoutReturn();
    }

    private void dropWaysWithoutReturn() {
        Map<String, Set<String>> reached = new HashMap<>();
        steps.keySet().forEach(folder -> reached.put(folder, reachedFrom(folder)));
        steps.values()
                .forEach(ways -> ways.removeIf(
                        step -> !reached.getOrDefault(step.to(), Set.of()).contains(step.from())));
    }

    private Set<String> reachedFrom(String folder) {
        Set<String> reached = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(folder));
        while (!ahead.isEmpty()) {
            for (Step step : steps.getOrDefault(ahead.pop(), List.of())) {
                if (reached.add(step.to())) {
                    ahead.push(step.to());
                }
            }
        }
        return reached;
    }

    /** Where {@code rule} files what is in {@code folder}. */
    private static Set<String> targets(FolderRule rule, String folder) {
        RuleOutcome outcome = rule.outcome(folder, DELIMITER);
        Set<String> targets = new LinkedHashSet<>();
        if (outcome.destination() instanceof Destination.Move move) {
            targets.add(move.filing().folder().in(DELIMITER));
        }
        for (Filing copy : outcome.copies()) {
            targets.add(copy.folder().in(DELIMITER));
        }
        return targets;
    }

    Optional<Loop> find() {
        for (String folder : steps.keySet()) {
            Optional<Loop> loop = from(folder, folder, new ArrayList<>());
            if (loop.isPresent()) {
                return loop;
            }
        }
        return Optional.empty();
    }

    private Optional<Loop> from(String start, String folder, List<Step> way) {
        for (Step step : steps.getOrDefault(folder, List.of())) {
            if (++tried > MAX_STEPS) {
                return Optional.of(new Loop(
                        step.rule(),
                        "the rules file into each other's folders in so many ways that loops cannot be ruled out; give"
                                + " them fewer folders"));
            }
            boolean visited = way.stream().anyMatch(before -> before.from().equals(step.to()));
            if (visited && !step.to().equals(start)) {
                continue;
            }
            way.add(step);
            if (together.possible(way.stream().map(Step::rule).distinct().toList())) {
                Optional<Loop> loop = step.to().equals(start) ? Optional.of(loop(way)) : from(start, step.to(), way);
                if (loop.isPresent()) {
                    return loop;
                }
            }
            way.remove(way.size() - 1);
        }
        return Optional.empty();
    }

    private static Loop loop(List<Step> way) {
        String told = way.stream()
                .map(step -> step.from() + " -> " + step.to() + " by rule '"
                        + step.rule().name() + "'")
                .collect(Collectors.joining(", "));
        return new Loop(
                way.get(0).rule(),
                "it moves mail in a loop: " + told
                        + "; take a folder out of one of these rules, or give them conditions of which only one can hold");
    }
}
