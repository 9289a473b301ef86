/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.search.query.MailKey.SystemFlag;

/**
 * Holds what the store knows of a message besides its text. Immutable.
 *
 * @param uid its uid in its mailbox
 * @param modSeq its modification sequence (RFC 7162)
 * @param internalDate its internal date
 * @param saveDate when it came into its mailbox (RFC 8514), where the store keeps that
 * @param size its RFC822.SIZE in octets
 * @param flags its flags and keywords
 * @param emailId its EMAILID (RFC 8474)
 * @param threadId its THREADID (RFC 8474)
 */
public record MessageMetadata(
        long uid,
        long modSeq,
        Instant internalDate,
        Optional<Instant> saveDate,
        long size,
        Flags flags,
        String emailId,
        String threadId) {

    public MessageMetadata {
        Objects.requireNonNull(internalDate);
        Objects.requireNonNull(saveDate);
        Objects.requireNonNull(flags);
        Objects.requireNonNull(emailId);
        Objects.requireNonNull(threadId);
    }

    /** The same message after its flags changed. */
    public MessageMetadata with(Flags changed, long changedModSeq) {
        return new MessageMetadata(uid, changedModSeq, internalDate, saveDate, size, changed, emailId, threadId);
    }

    /**
     * The flags of a message; {@code \Recent} is not among them.
     *
     * @param system the system flags that are set
     * @param keywords the keywords that are set, in lower case
     */
    public record Flags(Set<SystemFlag> system, Set<String> keywords) {
        public static final Flags NONE = new Flags(EnumSet.noneOf(SystemFlag.class), Set.of());

        public Flags {
            system = Set.copyOf(system);
            keywords = keywords.stream()
                    .map(org.mailroom.search.query.MailKey::foldKeyword)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
