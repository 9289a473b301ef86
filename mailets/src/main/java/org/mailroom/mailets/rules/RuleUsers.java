/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;

/**
 * Says for whom a rule acts: for those in {@code included}, or everybody where that is empty, who are not in {@code
 * excepted}.
 */
public record RuleUsers(Names included, Names excepted) {
    /** Everybody. */
    public static final RuleUsers ALL = new RuleUsers(Names.NONE, Names.NONE);

    /**
     * Names of users, in any case. In each, {@code *} stands for any characters.
     *
     * @param users whole names of users: addresses, where James has virtual hosting
     * @param domains domains of users
     */
    public record Names(List<String> users, List<String> domains) {
        static final Names NONE = new Names(List.of(), List.of());

        public Names {
            users = lowerCase(users);
            domains = lowerCase(domains);
        }

        boolean isEmpty() {
            return users.isEmpty() && domains.isEmpty();
        }

        boolean include(Username user) {
            return matches(users, user.asString())
                    || user.getDomainPart()
                            .map(Domain::asString)
                            .filter(domain -> matches(domains, domain))
                            .isPresent();
        }

        private static boolean matches(List<String> patterns, String name) {
            String folded = name.toLowerCase(Locale.ROOT);
            return patterns.stream().anyMatch(pattern -> Wildcards.match(pattern, folded));
        }

        private static List<String> lowerCase(List<String> names) {
            return names.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public String toString() {
            return Stream.concat(users.stream(), domains.stream().map(domain -> "domain " + domain))
                    .collect(Collectors.joining(", "));
        }
    }

    /** One user. The name of one that has a {@code *} in it stands for others too: see to it that there is none. */
    static RuleUsers only(Username user) {
        return new RuleUsers(new Names(List.of(user.asString()), List.of()), Names.NONE);
    }

    public boolean includes(Username user) {
        return (included.isEmpty() || included.include(user)) && !excepted.include(user);
    }

    @Override
    public String toString() {
        return (included.isEmpty() ? "all" : included.toString()) + (excepted.isEmpty() ? "" : " except " + excepted);
    }
}
