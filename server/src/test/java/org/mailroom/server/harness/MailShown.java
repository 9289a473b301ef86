/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.mail.Flags;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Store;
import javax.mail.search.SubjectTerm;

/** Where messages are and which flags they have, as an IMAP client sees it. */
public final class MailShown {
    private static final Map<Flags.Flag, String> SYSTEM = Map.of(
            Flags.Flag.ANSWERED, "answered",
            Flags.Flag.DELETED, "deleted",
            Flags.Flag.DRAFT, "draft",
            Flags.Flag.FLAGGED, "flagged",
            Flags.Flag.SEEN, "seen");

    private MailShown() {}

    /** Flags, without \Recent, of the messages whose subjects have {@code subject} in them, by mailbox. */
    public static Map<String, String> of(JamesProcess james, String user, String subject) throws MessagingException {
        Map<String, String> found = new TreeMap<>();
        try (Store store = james.mail(user)) {
            for (Folder folder : store.getDefaultFolder().list("*")) {
                folder.open(Folder.READ_ONLY);
                for (Message message : folder.search(new SubjectTerm(subject))) {
                    found.merge(folder.getFullName(), flags(message), (one, another) -> one + " and " + another);
                }
                folder.close(false);
            }
        }
        return found;
    }

    private static String flags(Message message) throws MessagingException {
        TreeSet<String> flags = new TreeSet<>(Arrays.asList(message.getFlags().getUserFlags()));
        for (Flags.Flag flag : message.getFlags().getSystemFlags()) {
            if (SYSTEM.containsKey(flag)) {
                flags.add(SYSTEM.get(flag));
            }
        }
        return flags.toString();
    }
}
