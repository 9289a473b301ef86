/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.mail.Flags;

/**
 * Translates flags between their IMAP names, which {@link org.mailroom.mailets.rules.FlagChanges} uses, and James's.
 */
final class FlagNames {
    private static final Map<String, Flags.Flag> SYSTEM = Map.of(
            "\\answered", Flags.Flag.ANSWERED,
            "\\deleted", Flags.Flag.DELETED,
            "\\draft", Flags.Flag.DRAFT,
            "\\flagged", Flags.Flag.FLAGGED,
            "\\seen", Flags.Flag.SEEN);

    private FlagNames() {}

    static Flags flags(Set<String> names) {
        Flags flags = new Flags();
        for (String name : names) {
            Flags.Flag system = SYSTEM.get(name.toLowerCase(Locale.ROOT));
            if (system == null) {
                flags.add(name);
            } else {
                flags.add(system);
            }
        }
        return flags;
    }

    /** Without {@code \Recent}. */
    static Set<String> names(Flags flags) {
        Set<String> names = new TreeSet<>(Set.of(flags.getUserFlags()));
        SYSTEM.forEach((name, flag) -> {
            if (flags.contains(flag)) {
                names.add(name);
            }
        });
        return names;
    }
}
