/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.james.core.Username;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;

/** Decides whether several rules can act on one message, one after the other. In doubt they can. Not thread-safe. */
final class RuleCompatibility {
    private final Map<FolderRule, Literals> literals = new IdentityHashMap<>();
    private final Map<FolderRule, Literals> literalsButFlags = new IdentityHashMap<>();

    boolean possible(List<FolderRule> rules) {
        boolean flagsChange = rules.stream().anyMatch(RuleCompatibility::changesFlags);
        for (int i = 0; i < rules.size(); i++) {
            for (int j = i + 1; j < rules.size(); j++) {
                if (haveNoUserInCommon(rules.get(i).users(), rules.get(j).users())
                        || contradict(rules.get(i), rules.get(j), flagsChange)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean changesFlags(FolderRule rule) {
        return rule.actions().stream()
                .anyMatch(action -> action instanceof RuleAction.AddFlag
                        || action instanceof RuleAction.RemoveFlag
                        || action instanceof RuleAction.SetFlag);
    }

    /** Decided where one of them names single users only. */
    private static boolean haveNoUserInCommon(RuleUsers some, RuleUsers others) {
        return namesNobodyOf(some, others) || namesNobodyOf(others, some);
    }

    private static boolean namesNobodyOf(RuleUsers some, RuleUsers others) {
        List<String> users = some.included().users();
        return !users.isEmpty()
                && some.included().domains().isEmpty()
                && users.stream().noneMatch(user -> user.contains("*"))
                && users.stream().map(Username::of).noneMatch(user -> some.includes(user) && others.includes(user));
    }

    /** Whether a key that one condition demands is one that the other forbids. */
    private boolean contradict(FolderRule one, FolderRule other, boolean flagsChange) {
        Literals some = literals(one, flagsChange);
        Literals others = literals(other, flagsChange);
        return !Collections.disjoint(some.demanded, others.forbidden)
                || !Collections.disjoint(some.forbidden, others.demanded);
    }

    private Literals literals(FolderRule rule, boolean flagsChange) {
        return (flagsChange ? literalsButFlags : literals).computeIfAbsent(rule, of -> {
            Literals collected = new Literals(flagsChange);
            collected.collect(of.when(), true);
            return collected;
        });
    }

    /** The single keys that have to hold, or must not, wherever a condition holds. */
    private static final class Literals {
        private final boolean flagsChange;
        private final Set<SearchKey> demanded = new HashSet<>();
        private final Set<SearchKey> forbidden = new HashSet<>();

        Literals(boolean flagsChange) {
            this.flagsChange = flagsChange;
        }

        void collect(SearchKey key, boolean holds) {
            if (key instanceof SearchKey.And and && holds) {
                and.keys().forEach(operand -> collect(operand, true));
            } else if (key instanceof SearchKey.Or or && !holds) {
                or.alternatives().forEach(alternative -> collect(alternative, false));
            } else if (key instanceof SearchKey.Not not) {
                collect(not.key(), !holds);
            } else if (key instanceof MailKey.FlagUnset unset) {
                collect(new MailKey.FlagSet(unset.flag()), !holds);
            } else if (key instanceof MailKey.Unkeyword without) {
                collect(new MailKey.Keyword(without.keyword()), !holds);
            } else if (key instanceof MailKey.Keyword with && !flagsChange) {
                add(new MailKey.Keyword(MailKey.foldKeyword(with.keyword())), holds);
            } else if (key instanceof MailKey.FlagSet && !flagsChange || stays(key)) {
                add(key, holds);
            }
        }

        /** Whether the answer is the same wherever and whenever a message is asked. */
        private static boolean stays(SearchKey key) {
            return key instanceof MailKey.StringKey
                    || key instanceof MailKey.SentDate
                    || key instanceof MailKey.InternalDate
                    || key instanceof MailKey.Larger
                    || key instanceof MailKey.Smaller;
        }

        private void add(SearchKey key, boolean holds) {
            (holds ? demanded : forbidden).add(key);
        }
    }
}
