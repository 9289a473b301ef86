/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks names of flags (RFC 9051 section 2.3.2): system flags begin with a backslash, keywords are atoms. Case is
 * ignored.
 */
final class MailFlag {
    private static final List<String> SYSTEM = List.of("\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen");

    private MailFlag() {}

    /**
     * Sorted, each once, system flags in the RFC's spelling, keywords as they are written first.
     *
     * @throws IllegalArgumentException for what is no flag that a rule can set
     */
    static Set<String> canonical(Collection<String> flags) {
        Set<String> canonical = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String flag : flags) {
            canonical.add(canonical(flag));
        }
        return Collections.unmodifiableSet(canonical);
    }

    private static String canonical(String flag) {
        if (flag.startsWith("\\")) {
            return SYSTEM.stream()
                    .filter(flag::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + flag + "' is no flag that can be set; there are " + SYSTEM + " and keywords"));
        }
        if (flag.isEmpty() || !flag.chars().allMatch(MailFlag::atom)) {
            throw new IllegalArgumentException("'" + flag + "' is no keyword: no blanks, (, ), {, %, *, \", \\, ]"
                    + " and nothing but ASCII can stand in one");
        }
        return flag;
    }

    private static boolean atom(int c) {
        return c > ' ' && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
    }
}
