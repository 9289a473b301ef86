/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the ids of plans and runs. A plan is applied once at most: its run has the plan's id. The run that undoes
 * another has that one's id with a number behind.
 */
final class RunIds {
    static final String UNDO = "-undo";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int RANDOM = 1 << 24;

    private static final Pattern UNDO_OR_EVENTS = Pattern.compile("undo\\d+|events");
    private static final Pattern WITH_NODE = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{6}-([A-Za-z0-9]+)(-.*)?");

    private final SecureRandom random = new SecureRandom();
    private final RuleNode node;

    /** @param node makes them */
    RunIds(RuleNode node) {
        this.node = node;
    }

    /** A new one; they sort by time. In a cluster, the name of the node that has the files stands at its end. */
    String next(Instant now) {
        String id = TIME.format(now) + "-" + String.format(Locale.ROOT, "%06x", random.nextInt(RANDOM));
        return node.name().map(name -> id + "-" + name).orElse(id);
    }

    /** The node that made that one, where it is another. */
    Optional<String> otherNode(String id) {
        Matcher matcher = WITH_NODE.matcher(id);
        return matcher.matches()
                ? Optional.of(matcher.group(1))
                        .filter(name -> !node.name().equals(Optional.of(name))
                                && !UNDO_OR_EVENTS.matcher(name).matches())
                : Optional.empty();
    }

    static String undo(String run, int number) {
        return run + UNDO + number;
    }

    /** The number of an undoing, from 1; 0 for a run that is none. */
    static int undoNumber(String run) {
        int begin = run.lastIndexOf(UNDO);
        return begin < 0 ? 0 : Integer.parseInt(run.substring(begin + UNDO.length()));
    }
}
