/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Is a key by which lines of journals are found. A hash stands for its text: whoever finds a line checks that it fits.
 */
public record JournalKey(String text) {

    /** All lines about messages of that Message-ID, bounded as {@link BoundedId} has it. */
    public static JournalKey messageId(String messageId) {
        return new JournalKey("m\0" + BoundedId.of(messageId));
    }

    /** Changes of the message that was there, or came there. */
    public static JournalKey place(MailboxSnapshot mailbox, long uid) {
        return new JournalKey("p\0" + mailbox.id() + '\0' + mailbox.uidValidity() + '\0' + uid);
    }

    /** Copies of the message that is there into the mailbox called {@code target}. */
    public static JournalKey copy(MailboxSnapshot mailbox, long uid, String target) {
        return new JournalKey("c\0" + mailbox.id() + '\0' + mailbox.uidValidity() + '\0' + uid + '\0' + target);
    }

    /** Notes on the message that is there. */
    public static JournalKey note(String user, String mailbox, long uid) {
        return new JournalKey("n\0" + user + '\0' + mailbox + '\0' + uid);
    }

    long hash() {
        return Hashing.sipHash24().hashString(text, StandardCharsets.UTF_8).asLong();
    }
}
