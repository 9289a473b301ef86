/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A version that the rules had.
 *
 * @param id from 1 on
 * @param time from when on it was in force
 * @param who the login that webadmin knows; else the address that asked; else what found it
 * @param comment what whoever made it says of it
 * @param action what was asked for: put, delete, replace, restore, reload, or start where it was found when James started
 * @param version tells its text from others: the ETag that it had
 * @param exists whether there was a file
 * @param changes from the version before
 */
public record RuleVersion(
        int id,
        Instant time,
        String who,
        String comment,
        String action,
        String version,
        boolean exists,
        Changes changes) {

    public RuleVersion {
        Objects.requireNonNull(time);
        Objects.requireNonNull(changes);
    }

    /**
     * What differs from the version before; the first hundred names of each kind.
     *
     * @param order whether rules stand in another order
     * @param rest whether something outside of rules differs
     */
    public record Changes(List<String> added, List<String> removed, List<String> changed, boolean order, boolean rest) {
        private static final int MAX_NAMES = 100;

        public Changes {
            added = first(added);
            removed = first(removed);
            changed = first(changed);
        }

        private static List<String> first(List<String> names) {
            return names == null ? List.of() : names.stream().limit(MAX_NAMES).toList();
        }

        static Changes between(RulesText before, RulesText after) {
            List<String> old = before.names();
            List<String> now = after.names();
            List<String> kept = new ArrayList<>(old);
            kept.retainAll(new HashSet<>(now));
            List<String> keptNow = new ArrayList<>(now);
            keptNow.retainAll(new HashSet<>(old));
            Set<String> known = new HashSet<>(kept);
            return new Changes(
                    now.stream().filter(name -> !known.contains(name)).toList(),
                    old.stream().filter(name -> !known.contains(name)).toList(),
                    kept.stream()
                            .filter(name -> !before.rule(name).equals(after.rule(name)))
                            .toList(),
                    !kept.equals(keptNow),
                    !before.rest().equals(after.rest()));
        }
    }

    /**
     * Who changes rules, and why.
     *
     * @param login as webadmin's authentication has it
     */
    public record Author(Optional<String> login, String address, String comment) {
        private static final int MAX_TEXT = 1_000;

        String who() {
            return oneLine(login.orElse(address));
        }

        String note() {
            return oneLine(comment);
        }

        private static String oneLine(String text) {
            String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
            return line.substring(0, Math.min(line.length(), MAX_TEXT));
        }
    }
}
