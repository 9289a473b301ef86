/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.BOB;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.nio.file.Path;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.query.MailKey.FlagSet;
import org.mailroom.search.query.MailKey.Keyword;
import org.mailroom.search.query.MailKey.Subject;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey.All;

/** Each kind of change is in the answer of the next search, whether an event reports it or not. */
abstract class VisibilityContract {
    @TempDir
    private Path directory;

    private MemoryMail mail;
    private MailboxId inbox;

    abstract boolean listening();

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory, listening());
        inbox = mail.create(ALICE, "INBOX");
        mail.append(ALICE, inbox, message("first invoice", "hello"));
        mail.append(ALICE, inbox, message("second", "the invoice of May"));
        assertThat(search(new Text("voic"))).containsExactly(1, 2);
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    MemoryMail mail() {
        return mail;
    }

    MailboxId inbox() {
        return inbox;
    }

    long[] search(org.mailroom.search.query.SearchKey key) {
        return mail.search(ALICE, inbox, key);
    }

    @Test
    void appendedMessageIsSeen() throws Exception {
        mail.append(ALICE, inbox, message("third", "invoice"));

        assertThat(search(new Text("voic"))).containsExactly(1, 2, 3);
    }

    @Test
    void expungedMessageIsGone() throws Exception {
        mail.expunge(ALICE, inbox, 1);

        assertThat(search(new Text("voic"))).containsExactly(2);
    }

    @Test
    void lastMessageExpungedLeavesNothing() throws Exception {
        mail.expunge(ALICE, inbox, 2);
        mail.expunge(ALICE, inbox, 1);

        assertThat(search(new All())).isEmpty();
    }

    @Test
    void storedFlagsAndKeywordsAreSeen() throws Exception {
        Flags flags = new Flags(Flag.SEEN);
        flags.add("Project");
        mail.store(ALICE, inbox, flags, FlagsUpdateMode.ADD, 2, 2);

        assertThat(search(new FlagSet(SystemFlag.SEEN))).containsExactly(2);
        assertThat(search(new Keyword("PROJECT"))).containsExactly(2);

        mail.store(ALICE, inbox, flags, FlagsUpdateMode.REMOVE, 1, 2);

        assertThat(search(new FlagSet(SystemFlag.SEEN))).isEmpty();
        assertThat(search(new Keyword("project"))).isEmpty();
    }

    @Test
    void storeThatChangesNothingIsNoTrouble() throws Exception {
        mail.store(ALICE, inbox, new Flags(Flag.SEEN), FlagsUpdateMode.ADD, 1, 1);
        mail.store(ALICE, inbox, new Flags(Flag.SEEN), FlagsUpdateMode.ADD, 1, 1);

        assertThat(search(new FlagSet(SystemFlag.SEEN))).containsExactly(1);
    }

    @Test
    void appendedFlagsAreSeen() throws Exception {
        mail.append(ALICE, inbox, message("third", "x"), new Flags(Flag.FLAGGED));

        assertThat(search(new FlagSet(SystemFlag.FLAGGED))).containsExactly(3);
    }

    @Test
    void copiedMessageIsSeenInBothMailboxes() throws Exception {
        MailboxId archive = mail.create(ALICE, "Archive");
        assertThat(mail.search(ALICE, archive, new Subject("second"))).isEmpty();

        mail.mailboxes.copyMessages(MessageRange.one(MessageUid.of(2)), inbox, archive, mail.session(ALICE));

        assertThat(mail.search(ALICE, archive, new Subject("second"))).containsExactly(1);
        assertThat(search(new Subject("second"))).containsExactly(2);
    }

    @Test
    void movedMessageIsSeenWhereItIs() throws Exception {
        MailboxId archive = mail.create(ALICE, "Archive");
        assertThat(mail.search(ALICE, archive, new Subject("second"))).isEmpty();

        mail.mailboxes.moveMessages(MessageRange.one(MessageUid.of(2)), inbox, archive, mail.session(ALICE));

        assertThat(mail.search(ALICE, archive, new Subject("second"))).containsExactly(1);
        assertThat(search(new Subject("second"))).isEmpty();
    }

    @Test
    void renamedMailboxIsFoundUnderItsId() throws Exception {
        MailboxId old = mail.create(ALICE, "Old");
        mail.append(ALICE, old, message("kept", "x"));
        assertThat(mail.search(ALICE, old, new Subject("kept"))).containsExactly(1);

        mail.mailboxes.renameMailbox(
                MailboxPath.forUser(ALICE, "Old"), MailboxPath.forUser(ALICE, "New"), mail.session(ALICE));
        mail.append(ALICE, old, message("kept too", "x"));

        assertThat(mail.search(ALICE, old, new Subject("kept"))).containsExactly(1, 2);
    }

    @Test
    void mailboxOfARenamedUserIsFoundUnderItsNewOwner() throws Exception {
        MailboxId moving = mail.create(ALICE, "Moving");
        mail.append(ALICE, moving, message("moving", "x"));
        assertThat(mail.search(ALICE, moving, new Subject("moving"))).containsExactly(1);

        mail.mailboxes
                .renameMailboxReactive(
                        MailboxPath.forUser(ALICE, "Moving"),
                        MailboxPath.forUser(BOB, "Moving"),
                        org.apache.james.mailbox.MailboxManager.RenameOption.NONE,
                        mail.session(ALICE),
                        mail.session(BOB))
                .block();

        assertThat(mail.search(BOB, moving, new Subject("moving"))).containsExactly(1);
        assertThatThrownBy(() -> mail.search(ALICE, moving, new Subject("moving")))
                .hasRootCauseInstanceOf(MailboxNotFoundException.class);
    }

    @Test
    void deletedMailboxIsAnErrorAndNoEmptyAnswer() throws Exception {
        MailboxId old = mail.create(ALICE, "Old");
        mail.append(ALICE, old, message("x", "x"));
        assertThat(mail.search(ALICE, old, new All())).containsExactly(1);

        mail.mailboxes.deleteMailbox(old, mail.session(ALICE));

        assertThatThrownBy(() -> mail.search(ALICE, old, new All()))
                .hasRootCauseInstanceOf(MailboxNotFoundException.class);
    }

    @Test
    void sharedMailboxIsSearchedAsFarAsRightsGo() throws Exception {
        assertThatThrownBy(() -> mail.search(BOB, inbox, new All()))
                .hasRootCauseInstanceOf(MailboxNotFoundException.class);

        grant(new MailboxACL.Rfc4314Rights(MailboxACL.Right.Lookup));
        assertThatThrownBy(() -> mail.search(BOB, inbox, new All()))
                .hasRootCauseInstanceOf(InsufficientRightsException.class);

        grant(new MailboxACL.Rfc4314Rights(MailboxACL.Right.Lookup, MailboxACL.Right.Read));
        assertThat(mail.search(BOB, inbox, new Text("voic"))).containsExactly(1, 2);

        grant(new MailboxACL.Rfc4314Rights());
        assertThatThrownBy(() -> mail.search(BOB, inbox, new All()))
                .hasRootCauseInstanceOf(MailboxNotFoundException.class);
    }

    private void grant(MailboxACL.Rfc4314Rights toBob) throws Exception {
        mail.mailboxes.applyRightsCommand(
                MailboxPath.forUser(ALICE, "INBOX"),
                MailboxACL.command().forUser(BOB).rights(toBob).asReplacement(),
                mail.session(ALICE));
    }
}
