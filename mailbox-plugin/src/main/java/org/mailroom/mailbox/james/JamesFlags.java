/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.mail.Flags.Flag;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey.SystemFlag;

/** Translates James's flags into Mailroom's. */
public final class JamesFlags {
    private static final Map<Flag, SystemFlag> SYSTEM_FLAGS = Map.of(
            Flag.ANSWERED, SystemFlag.ANSWERED,
            Flag.DELETED, SystemFlag.DELETED,
            Flag.DRAFT, SystemFlag.DRAFT,
            Flag.FLAGGED, SystemFlag.FLAGGED,
            Flag.SEEN, SystemFlag.SEEN);

    private JamesFlags() {}

    /** The flag that {@code flag} is; nothing for {@code \Recent} and for {@code \*}. */
    public static Optional<SystemFlag> systemFlag(Flag flag) {
        return Optional.ofNullable(SYSTEM_FLAGS.get(flag));
    }

    /** {@code flags} without {@code \Recent}, which belongs to a session. */
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
}
