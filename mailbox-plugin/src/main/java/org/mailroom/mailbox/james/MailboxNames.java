/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * Translates the names of mailboxes as a client of James's IMAP knows them. James 3.9 calls those of others {@code
 * #user.bob.Name}; James 3.8 lets nobody name them. James's own class for this is a class in 3.8 and an interface with
 * other methods in 3.9, so it is asked nothing but this.
 */
public final class MailboxNames {
    private static final boolean OTHERS_HAVE_NAMES = PathConverter.class.isInterface();
    private static final String OTHERS = "#user";

    private MailboxNames() {}

    /**
     * The mailbox that {@code name} means, whether it is there or not; nothing where James lets nobody name it, or where it
     * is no text that every store can keep.
     */
    public static Optional<MailboxPath> path(String name, MailboxSession session) {
        if (name.chars().anyMatch(c -> c == 0)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.empty();
        }
        char delimiter = session.getPathDelimiter();
        if (name.isEmpty() || name.charAt(0) != MailboxConstants.NAMESPACE_PREFIX_CHAR) {
            return Optional.of(path(session.getUser(), name, delimiter));
        }
        List<String> parts = Arrays.asList(name.split("\\" + delimiter, -1));
        if (parts.get(0).equalsIgnoreCase(MailboxConstants.USER_NAMESPACE)) {
            return Optional.of(path(session.getUser(), rest(parts, 1, delimiter), delimiter));
        }
        if (OTHERS_HAVE_NAMES && parts.get(0).equalsIgnoreCase(OTHERS) && parts.size() > 2) {
            return owner(parts.get(1), session).map(owner -> path(owner, rest(parts, 2, delimiter), delimiter));
        }
        return Optional.empty();
    }

    /** Nothing where it is no name of a user: part of an address, cut at the delimiter in its domain. */
    private static Optional<Username> owner(String part, MailboxSession session) {
        try {
            return Optional.of(Username.from(
                    unescaped(part, session.getPathDelimiter()),
                    session.getUser().getDomainPart().map(Domain::asString)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String rest(List<String> parts, int first, char delimiter) {
        return String.join(String.valueOf(delimiter), parts.subList(first, parts.size()));
    }

    private static MailboxPath path(Username owner, String name, char delimiter) {
        String known = name.equalsIgnoreCase(MailboxConstants.INBOX) ? MailboxConstants.INBOX : name;
        return new MailboxPath(MailboxConstants.USER_NAMESPACE, owner, known).sanitize(delimiter);
    }

    /** What {@code session} calls the mailbox. */
    public static String name(MailboxPath path, MailboxSession session) {
        if (path.belongsTo(session)) {
            return path.getName();
        }
        char delimiter = session.getPathDelimiter();
        return OTHERS_HAVE_NAMES
                ? OTHERS + delimiter + escaped(path.getUser().getLocalPart(), delimiter) + delimiter + path.getName()
                : path.getNamespace() + delimiter + path.getUser().asString() + delimiter + path.getName();
    }

    private static String escaped(String user, char delimiter) {
        return user.replace("_", "_-").replace(String.valueOf(delimiter), "__");
    }

    private static String unescaped(String user, char delimiter) {
        return user.replace("__", String.valueOf(delimiter)).replace("_-", "_");
    }
}
