/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.delivery.LocalMail.ANN;
import static org.mailroom.mailets.delivery.LocalMail.BOB;

import java.time.Clock;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.FolderRules;
import org.mailroom.mailets.MemoryMailboxes;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.userrules.StoredUserRules;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.MessageTextReader;

/** Mail for users who have rules of their own, in entries of their INBOX. */
class UserRulesAtDeliveryTest {
    private static final String MESSAGE = "From: a@example.com\nSubject: invoice 7\n\nPay.\n";
    private static final String ADMINS =
            "<rule name='all' on='delivery'><when>SUBJECT invoice</when><actions><addFlag>Money</addFlag></actions></rule>";

    private final MailboxManager mailboxes = MemoryMailboxes.make();
    private LocalMail local;

    @BeforeEach
    void makeMailboxes() throws Exception {
        local = new LocalMail(mailboxes, new MessageTextReader(), ANN, BOB);
        local.create(ANN, "INBOX", "A");
        local.create(BOB, "INBOX", "A");
    }

    private void write(Username user, String text) throws Exception {
        mailboxes.updateAnnotations(
                MailboxPath.inbox(user),
                mailboxes.createSystemSession(user),
                List.of(MailboxAnnotation.newInstance(
                        new MailboxAnnotationKey("/private/vendor/mailroom/folderrules"), text)));
    }

    private static String rules(String... actions) {
        StringBuilder rules = new StringBuilder("<folder-rules>");
        for (int i = 0; i < actions.length; i++) {
            rules.append("<rule name='r")
                    .append(i)
                    .append("' on='delivery'><when>ALL</when><actions>")
                    .append(actions[i])
                    .append("</actions></rule>");
        }
        return rules.append("</folder-rules>").toString();
    }

    private void deliver(String admins, Username... users) throws Exception {
        CurrentRules current = local.current(admins);
        StoredUserRules own = new StoredUserRules(
                mailboxes, new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT)), current, Clock.systemUTC());
        local.deliver(LocalMail.mail(MESSAGE, users), local.start(new FolderRules(local.arriving(current, own))));
    }

    @Test
    void rulesOfUsersShouldActForThemAloneAfterTheAdmins() throws Exception {
        write(ANN, rules("<removeFlag>Money</removeFlag><addFlag>Mine</addFlag><fileInto>A</fileInto>"));

        deliver("<folder-rules user-rules='true'>" + ADMINS + "</folder-rules>", ANN, BOB);

        assertThat(local.mail(ANN)).hasToString("{A=[Mine]}");
        assertThat(local.mail(BOB)).hasToString("{INBOX=[Money]}");
        assertThat(local.notes).anySatisfy(note -> assertThat(note)
                .startsWith("A ")
                .contains("[all, ann@example.org: r0] [flags: Mine, filed into A]"));
    }

    @Test
    void stopOfTheAdminShouldKeepRulesOfUsersFromActing() throws Exception {
        write(ANN, rules("<fileInto>A</fileInto>"));

        deliver(
                "<folder-rules user-rules='true'>" + ADMINS.replace("</actions>", "<stop/></actions>")
                        + "</folder-rules>",
                ANN);

        assertThat(local.mail(ANN)).hasToString("{INBOX=[Money]}");
    }

    @Test
    void rulesOfUsersShouldActWhereTheAdminHasNone() throws Exception {
        write(ANN, rules("<discard/>"));

        deliver("<folder-rules user-rules='true'/>", ANN);

        assertThat(local.mail(ANN)).hasToString("{Trash=[]}");
    }

    @Test
    void rulesOfUsersShouldNotActWhereTheAdminDoesNotLetThem() throws Exception {
        write(ANN, rules("<fileInto>A</fileInto>"));

        deliver("<folder-rules>" + ADMINS + "</folder-rules>", ANN);

        assertThat(local.mail(ANN)).hasToString("{INBOX=[Money]}");
    }

    @Test
    void wrongRulesOfUsersShouldBeLeftOutAndMailDelivered() throws Exception {
        write(ANN, rules("<fileInto>A</fileInto>", "<toProcessor>transport</toProcessor>"));
        write(BOB, "<folder-rules><rule");

        deliver("<folder-rules user-rules='true'>" + ADMINS + "</folder-rules>", ANN, BOB);

        assertThat(local.mail(ANN)).hasToString("{INBOX=[Money]}");
        assertThat(local.mail(BOB)).hasToString("{INBOX=[Money]}");
    }
}
