/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import com.google.inject.ImplementedBy;
import java.util.List;
import java.util.Map;
import org.apache.james.core.Username;

/** Records what rules did at delivery, so that an administrator can ask why a mail is where it is. Thread-safe. */
@ImplementedBy(DeliveryNotes.None.class)
public interface DeliveryNotes {

    /**
     * Takes a note. Never fails.
     *
     * @param rules the versions of the rules that acted, by name
     * @param mailbox where the mail is to be stored
     * @param messageId the mail's Message-ID; empty where it has none
     * @param actions what was done, in words
     */
    void note(Map<String, String> rules, Username user, String mailbox, String messageId, List<String> actions);

    /** Remembers nothing. */
    final class None implements DeliveryNotes {
        @Override
        public void note(
                Map<String, String> rules, Username user, String mailbox, String messageId, List<String> actions) {
            // nobody asks
        }
    }
}
