/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folders in which a rule acts. Trash, Junk (James calls it Spam) and Drafts, and what lies in them, are among them
 * only where an entry names them: where its first level has no wildcard.
 *
 * @param entries not empty
 */
public record RuleFolders(List<Entry> entries) {
    /** What holds where a rule names no folder. */
    public static final RuleFolders INBOX = new RuleFolders(List.of(new Entry("INBOX", false)));

    private static final Set<String> SPECIAL = Set.of("trash", "junk", "spam", "drafts");

    /**
     * A folder, or folders by a pattern.
     *
     * @param pattern a name as {@link FolderName} has it, with the wildcards of IMAP's LIST: {@code *} stands for any
     *     characters, {@code %} for any within a level
     * @param subtree whether what lies in those folders is meant too
     */
    public record Entry(String pattern, boolean subtree) {

        /** @throws IllegalArgumentException where no folder can have such a name; says why */
        public Entry {
            pattern = FolderName.upperCaseInbox(pattern.strip());
            new FolderName(pattern.replace('*', 'x').replace('%', 'x'));
        }

        boolean includes(String mailbox, char delimiter) {
            String like = pattern.replace('/', delimiter);
            return Wildcards.match(like, mailbox, delimiter)
                    || subtree && Wildcards.match(like + delimiter + '*', mailbox, delimiter);
        }

        boolean names(String level, char delimiter) {
            return level(pattern.replace('/', delimiter), delimiter).equalsIgnoreCase(level);
        }

        @Override
        public String toString() {
            return pattern + (subtree ? " and below" : "");
        }
    }

    public RuleFolders {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a rule acts in one folder at least");
        }
    }

    /**
     * Whether the rule acts in a mailbox.
     *
     * @param mailbox its name, without namespace and user
     * @param delimiter what separates levels in it
     */
    public boolean includes(String mailbox, char delimiter) {
        boolean special = isSpecial(mailbox, delimiter);
        return entries.stream()
                .filter(entry -> !special || entry.names(level(mailbox, delimiter), delimiter))
                .anyMatch(entry -> entry.includes(mailbox, delimiter));
    }

    /** Whether a mailbox is Trash, Junk or Drafts, or lies in one of them. */
    public static boolean isSpecial(String mailbox, char delimiter) {
        return SPECIAL.contains(level(mailbox, delimiter).toLowerCase(Locale.ROOT));
    }

    private static String level(String mailbox, char delimiter) {
        int end = mailbox.indexOf(delimiter);
        return end < 0 ? mailbox : mailbox.substring(0, end);
    }

    @Override
    public String toString() {
        return entries.stream().map(Entry::toString).collect(Collectors.joining(", "));
    }
}
