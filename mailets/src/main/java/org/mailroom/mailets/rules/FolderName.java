/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Arrays;

/**
 * The name of a folder as rules write it: levels are separated by {@code /}, and by the server's own delimiter as well,
 * as James's storage directive has it. INBOX is written in any case.
 *
 * @param name the name, INBOX in upper case
 */
public record FolderName(String name) {
    public static final FolderName INBOX = new FolderName("INBOX");
    public static final FolderName TRASH = new FolderName("Trash");

    /** What James's stores take. */
    private static final int MAX_LENGTH = 200;

    /** A folder that is made is subscribed to, and the JPA store takes no longer name there. */
    private static final int MAX_CREATED_LENGTH = 100;

    /** @throws IllegalArgumentException where James has no folder of such a name; says why */
    public FolderName {
        name = upperCaseInbox(name.strip());
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a folder has no name");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the folder '" + name.substring(0, MAX_LENGTH) + "...' has more than "
                    + MAX_LENGTH + " characters");
        }
        if (name.startsWith("#") || name.chars().anyMatch(c -> c == '*' || c == '%' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "the folder '" + name + "' begins with # or has *, % or a control character in it");
        }
        if (Arrays.stream(name.split("/", -1)).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("the folder '" + name + "' has a level without a name");
        }
    }

    /** @throws IllegalArgumentException where James could not make such a folder and subscribe to it; says why */
    void requireCreatable() {
        if (name.length() > MAX_CREATED_LENGTH) {
            throw new IllegalArgumentException("the folder '" + name + "' has more than " + MAX_CREATED_LENGTH
                    + " characters, and such a folder cannot be made: choose a shorter name");
        }
    }

    /** The name of the folder's mailbox where {@code delimiter} separates levels. */
    public String in(char delimiter) {
        return name.replace('/', delimiter);
    }

    /** {@code name} with its first level in upper case where that is INBOX. */
    static String upperCaseInbox(String name) {
        String first = "INBOX";
        int end = first.length();
        boolean inbox = name.regionMatches(true, 0, first, 0, end)
                && (name.length() == end || name.charAt(end) == '/' || name.charAt(end) == '.');
        return inbox ? first + name.substring(end) : name;
    }
}
