/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.userrules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;

/**
 * Locates a user's rules: in one entry, or in several right below it, whose values, in the order of their names, are
 * pieces of one text. James's stores take no value of more than 1,024 characters (its JPA store: 255 octets) and no
 * more than ten entries of a mailbox; nor does James let a name have other characters than letters and digits.
 */
final class RulesEntry {
    static final MailboxAnnotationKey KEY = new MailboxAnnotationKey("/private/vendor/mailroom/folderrules");

    private RulesEntry() {}

    static boolean holds(MailboxAnnotation entry) {
        return KEY.isParentOrIsEqual(entry.getKey());
    }

    /** The text of the rules that stand in {@code entries}; empty where there are none. */
    static Optional<String> text(Collection<MailboxAnnotation> entries) {
        List<MailboxAnnotation> pieces = entries.stream()
                .filter(RulesEntry::holds)
                .filter(entry -> !entry.isNil())
                .sorted(Comparator.comparing((MailboxAnnotation entry) ->
                                entry.getKey().asString().length())
                        .thenComparing(entry -> entry.getKey().asString()))
                .toList();
        return pieces.isEmpty()
                ? Optional.empty()
                : Optional.of(pieces.stream()
                        .map(entry -> entry.getValue().orElse(""))
                        .collect(Collectors.joining()));
    }
}
