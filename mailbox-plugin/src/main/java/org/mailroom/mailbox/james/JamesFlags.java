/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.mail.Flags.Flag;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey.SystemFlag;

/**
 * Translates between James's flags, Mailroom's, and the names that IMAP writes: {@code \Seen}, {@code $Forwarded}. It
 * leaves {@code \Recent} out, which belongs to a session.
 */
public final class JamesFlags {
    private static final Map<Flag, SystemFlag> SYSTEM_FLAGS = Map.of(
            Flag.ANSWERED, SystemFlag.ANSWERED,
            Flag.DELETED, SystemFlag.DELETED,
            Flag.DRAFT, SystemFlag.DRAFT,
            Flag.FLAGGED, SystemFlag.FLAGGED,
            Flag.SEEN, SystemFlag.SEEN);

    private static final Map<Flag, String> SYSTEM_NAMES = Map.of(
            Flag.ANSWERED, "\\Answered",
            Flag.DELETED, "\\Deleted",
            Flag.DRAFT, "\\Draft",
            Flag.FLAGGED, "\\Flagged",
            Flag.SEEN, "\\Seen");

    private JamesFlags() {}

    /** The flag that {@code flag} is; nothing for {@code \Recent} and for {@code \*}. */
    public static Optional<SystemFlag> systemFlag(Flag flag) {
        return Optional.ofNullable(SYSTEM_FLAGS.get(flag));
    }

    /** Mailroom's. */
    public static Flags of(javax.mail.Flags flags) {
        Set<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
        for (Flag flag : flags.getSystemFlags()) {
            SystemFlag known = SYSTEM_FLAGS.get(flag);
            if (known != null) {
                system.add(known);
            }
        }
        return new Flags(system, Set.of(flags.getUserFlags()));
    }

    /** The names of {@code flags}, sorted; keywords as they are. */
    public static SortedSet<String> names(javax.mail.Flags flags) {
        SortedSet<String> names = new TreeSet<>(Set.of(flags.getUserFlags()));
        for (Flag flag : flags.getSystemFlags()) {
            String name = SYSTEM_NAMES.get(flag);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** The flags whose {@link #names} are {@code names}; case does not matter in those of system flags. */
    public static javax.mail.Flags ofNames(Set<String> names) {
        javax.mail.Flags flags = new javax.mail.Flags();
        for (String name : names) {
            SYSTEM_NAMES.entrySet().stream()
                    .filter(known -> known.getValue().equalsIgnoreCase(name))
                    .findFirst()
                    .ifPresentOrElse(known -> flags.add(known.getKey()), () -> flags.add(name));
        }
        return flags;
    }
}
