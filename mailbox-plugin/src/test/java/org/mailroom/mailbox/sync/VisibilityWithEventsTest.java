/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;

import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.query.MailKey.FlagSet;
import org.mailroom.search.query.MailKey.SystemFlag;

/** With an event for each change. */
class VisibilityWithEventsTest extends VisibilityContract {
    private static final FlagSet FLAGGED = new FlagSet(SystemFlag.FLAGGED);

    @Override
    boolean listening() {
        return true;
    }

    private long highestModSeq() throws Exception {
        try (StoredMailbox mailbox =
                new MailStore(mail().mailboxes()).open(ALICE, inbox()).orElseThrow()) {
            return mailbox.watermark().highestModSeq();
        }
    }

    @Test
    void anEarlierStoreThatIsReportedLaterShouldNotBringItsFlagsBack() throws Exception {
        long modSeq = highestModSeq() + 1;
        mail().store(ALICE, inbox(), new Flags(Flag.FLAGGED), FlagsUpdateMode.ADD, 1, 1);
        assertThat(search(FLAGGED)).containsExactly(1);

        mail().indexed()
                .sync()
                .note(
                        ALICE,
                        inbox(),
                        changes -> changes.flagged(new FlagsUpdate(1, MessageMetadata.Flags.NONE, modSeq)));

        assertThat(search(FLAGGED)).containsExactly(1);
    }

    @Test
    void storesReportedInTheWrongOrderShouldLeaveTheFlagsOfTheStore() throws Exception {
        mail().store(ALICE, inbox(), new Flags(Flag.FLAGGED), FlagsUpdateMode.ADD, 1, 1);
        long modSeq = highestModSeq();

        mail().indexed().sync().note(ALICE, inbox(), changes -> {
            changes.flagged(new FlagsUpdate(1, MessageMetadata.Flags.NONE, modSeq + 2));
            changes.flagged(new FlagsUpdate(1, MessageMetadata.Flags.NONE, modSeq + 1));
        });

        assertThat(search(FLAGGED)).containsExactly(1);
    }
}
