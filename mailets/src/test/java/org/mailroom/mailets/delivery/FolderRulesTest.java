/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mailroom.mailets.delivery.LocalMail.ANN;
import static org.mailroom.mailets.delivery.LocalMail.BOB;
import static org.mailroom.mailets.delivery.LocalMail.EVE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.StorageDirective;
import org.apache.mailet.base.test.FakeMailContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailets.AddFlag;
import org.mailroom.mailets.FileInto;
import org.mailroom.mailets.FolderRules;
import org.mailroom.mailets.MemoryMailboxes;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleCounts;
import org.reactivestreams.Publisher;

/** Mail through the mailets and James's LocalDelivery into mailboxes. */
class FolderRulesTest {
    private static final String MESSAGE = "From: a@example.com\nSubject: invoice 7\n\nPay.\n";

    private LocalMail local;

    @BeforeEach
    void makeMailboxes() throws Exception {
        local = new LocalMail();
        for (Username user : List.of(ANN, BOB)) {
            local.create(user, "INBOX", "A", "B", "Lists.James");
        }
    }

    private static String rule(String name, String when, String actions) {
        return "<rule name='" + name + "' on='delivery'><when>" + when + "</when><actions>" + actions
                + "</actions></rule>";
    }

    @Test
    void ruleThatIsDisabledOrHasExpiredShouldNotAct() throws Exception {
        FolderRules rules = rules(
                rule("off", "ALL", "<fileInto>A</fileInto><stop/>").replace("on=", "enabled='false' on="),
                rule("until", "ALL", "<fileInto>B</fileInto>").replace("on=", "expires='2027-01-31T00:00:00Z' on="));
        local.at(Instant.parse("2027-01-30T23:59:59Z"));
        local.deliver(LocalMail.mail(MESSAGE, ANN), rules);
        assertThat(local.mail(ANN)).hasToString("{B=[]}");
        assertThat(local.counts().get(RuleCounts.Count.MOVED)).isEqualTo(1);

        local.at(Instant.parse("2027-01-31T00:00:00Z"));
        local.deliver(LocalMail.mail(MESSAGE, BOB), rules);
        assertThat(local.mail(BOB)).hasToString("{INBOX=[]}");
        assertThat(local.counts().get(RuleCounts.Count.DELIVERED)).isEqualTo(1);
    }

    private FolderRules rules(String... rules) throws Exception {
        return local.start(new FolderRules(local.rules(rules)));
    }

    private Map<String, List<String>> delivered(String actions) throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN);
        local.deliver(mail, rules(rule("one", "SUBJECT invoice", actions)));
        return local.mail(ANN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<fileInto>A</fileInto> | {A=[]}",
                "<fileInto>Lists/James</fileInto> | {Lists.James=[]}",
                "<fileInto>Lists.James</fileInto> | {Lists.James=[]}",
                "<fileInto create='true'>New/Folder</fileInto> | {New.Folder=[]}",
                "<fileInto>A</fileInto><fileInto>B</fileInto> | {A=[], B=[]}",
                "<copyInto>A</copyInto><copyInto create='true'>C</copyInto> | {A=[], C=[], INBOX=[]}",
                "<addFlag>\\Seen \\Flagged $Work</addFlag> | {INBOX=[$Work \\Flagged \\Seen]}",
                "<fileInto>A</fileInto><copyInto>B</copyInto><addFlag>x</addFlag> | {A=[x], B=[x]}",
                "<addFlag>\\Answered x</addFlag> | {INBOX=[\\Answered x]}",
                "<addFlag>\\Deleted \\Draft \\Seen</addFlag><fileInto create='true'>C</fileInto> |"
                        + " {C=[\\Deleted \\Draft \\Seen]}",
                "<setFlag>x y</setFlag><removeFlag>X</removeFlag> | {INBOX=[y]}",
                "<removeFlag>x</removeFlag> | {INBOX=[]}",
                "<discard/> | {Trash=[]}",
                "<discard/><addFlag>\\Seen</addFlag> | {Trash=[\\Seen]}",
                "<discard expunge='true'/> | {}",
                "<discard expunge='true'/><copyInto>A</copyInto> | {A=[]}",
                "<discard expunge='true'/><keep/> | {INBOX=[]}",
                "<keep/> | {INBOX=[]}",
                "<stop/> | {INBOX=[]}",
                "<fileInto>missing</fileInto><addFlag>x</addFlag> | {INBOX=[x]}",
                "<copyInto>missing</copyInto> | {INBOX=[]}",
                "<copyInto>missing</copyInto><discard expunge='true'/> | {INBOX=[]}",
            })
    void actionShouldShowInTheMailboxes(String actions, String expected) throws Exception {
        assertThat(delivered(actions)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<fileInto>A</fileInto><copyInto>B</copyInto><addFlag>x</addFlag> |"
                        + " A <1@example.com> [one] [flags: x, copied into B, filed into A]",
                "<addFlag>x</addFlag> | INBOX <1@example.com> [one] [flags: x]",
                "<discard expunge='true'/> | ` <1@example.com> [one] [discarded]`",
            })
    void whatRulesDidShouldBeNoted(String actions, String expected) throws Exception {
        Mail mail = LocalMail.mail("Message-ID: <1@example.com>\n" + MESSAGE, ANN);

        local.deliver(mail, rules(rule("one", "SUBJECT invoice", actions)));

        assertThat(local.notes).containsExactly(expected);
    }

    @Test
    void mailThatNoRuleMatchesShouldBeDeliveredAsEver() throws Exception {
        local.deliver(LocalMail.mail(MESSAGE, ANN), rules(rule("one", "SUBJECT other", "<fileInto>A</fileInto>")));
        local.deliver(LocalMail.mail(MESSAGE, BOB), rules());

        assertThat(local.mail(ANN)).hasToString("{INBOX=[]}");
        assertThat(local.mail(BOB)).hasToString("{INBOX=[]}");
    }

    @Test
    void everyRecipientShouldHaveTheirOwnOutcome() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN, BOB, EVE);
        local.deliver(
                mail,
                rules(
                        "<rule name='ann' on='delivery'><users><user>ann@*</user></users><when>ALL</when>"
                                + "<actions><fileInto>A</fileInto><copyInto>B</copyInto><addFlag>x</addFlag><stop/></actions></rule>",
                        "<rule name='eve' on='delivery'><users><user>eve@example.org</user></users><when>ALL</when>"
                                + "<actions><discard expunge='true'/></actions></rule>",
                        rule("all", "BODY pay", "<addFlag>\\Flagged</addFlag>")));

        assertThat(local.mail(ANN)).hasToString("{A=[x], B=[x]}");
        assertThat(local.mail(BOB)).hasToString("{INBOX=[\\Flagged]}");
        assertThat(local.mail(EVE)).isEmpty();
    }

    @Test
    void rulesForOtherFoldersOrTriggersShouldNotAct() throws Exception {
        local.deliver(
                LocalMail.mail(MESSAGE, ANN),
                rules(
                        "<rule name='one' on='append demand'><when>ALL</when><actions><discard/></actions></rule>",
                        "<rule name='two'"
                                + " on='delivery'><folder>A</folder><when>ALL</when><actions><discard/></actions></rule>"));

        assertThat(local.mail(ANN)).hasToString("{INBOX=[]}");
    }

    @Test
    void rulesShouldGoOnFromWhatAMailetBeforeHasSaid() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN);
        StorageDirective.builder()
                .targetFolder("/Lists/James")
                .seen(Optional.of(true))
                .keywords(Optional.of(List.of("said")))
                .build()
                .encodeAsAttributes(ANN)
                .forEach(mail::setAttribute);
        local.deliver(
                mail,
                rules(
                        rule("inbox", "ALL", "<discard expunge='true'/>"),
                        "<rule name='lists' on='delivery'><folder>Lists/%</folder><when>ALL</when>"
                                + "<actions><copyInto>A</copyInto><removeFlag>\\Seen</removeFlag></actions></rule>"));

        assertThat(local.mail(ANN)).hasToString("{A=[said], Lists.James=[said]}");
    }

    @Test
    void copiesShouldBeTheVeryMessageThatIsDelivered() throws Exception {
        MailImpl mail = (MailImpl) LocalMail.mail(MESSAGE, ANN);
        mail.addSpecificHeaderForRecipient(
                PerRecipientHeaders.Header.builder()
                        .name("Delivered-To")
                        .value("ann")
                        .build(),
                new MailAddress(ANN.asString()));
        local.deliver(mail, rules(rule("one", "ALL", "<copyInto>A</copyInto>")));

        Map<String, List<MessageResult>> stored = local.messages(ANN);
        String inbox = text(stored.get("INBOX").get(0));
        assertThat(inbox).contains("Delivered-To: ann", "Return-Path: <sender@example.com>", "invoice 7");
        assertThat(text(stored.get("A").get(0))).isEqualTo(inbox);
    }

    private static String text(MessageResult message) throws Exception {
        try (InputStream in = message.getFullContent().getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void mailForAProcessorShouldBecomeAMailOfItsOwn() throws Exception {
        FolderRules mailet =
                rules("<rule name='hand over' on='delivery'><users><user>ann@*</user></users><when>ALL</when>"
                        + "<actions><toProcessor>archive</toProcessor></actions></rule>");
        Mail mail = LocalMail.mail(MESSAGE, ANN, BOB);
        local.deliver(mail, mailet);

        assertThat(mailet.requiredProcessingState()).containsExactly(new ProcessingState("archive"));
        assertThat(local.mail(ANN)).isEmpty();
        assertThat(local.mail(BOB)).hasToString("{INBOX=[]}");
        List<FakeMailContext.SentMail> sent = local.context().getSentMails();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).getState()).isEqualTo("archive");
        assertThat(sent.get(0).getRecipients())
                .extracting(MailAddress::asString)
                .containsExactly(ANN.asString());
    }

    @Test
    void mailThatComesBackFromAProcessorShouldBeDelivered() throws Exception {
        FolderRules mailet = rules(rule("hand over", "ALL", "<toProcessor>archive</toProcessor>"));
        local.deliver(LocalMail.mail(MESSAGE, ANN), mailet);
        Mail back = LocalMail.mail(MESSAGE, ANN);
        local.context().getSentMails().get(0).getAttributes().values().forEach(back::setAttribute);
        local.deliver(back, mailet);

        assertThat(local.mail(ANN)).hasToString("{INBOX=[]}");
        assertThat(local.context().getSentMails()).hasSize(1);
    }

    @Test
    void mailThatCannotBeReadShouldBeKeptAndNotBounced() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN);
        ((MailImpl) mail).setMessageContent(new Unreadable());
        rules(rule("one", "SUBJECT invoice", "<discard expunge='true'/>")).service(mail);

        assertThat(mail.getState()).isEqualTo("local-delivery");
        assertThat(mail.getRecipients()).hasSize(1);
        assertThat(StorageDirective.fromMail(ANN, mail).getTargetFolder()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailboxExists", "createMailbox", "getMailbox"})
    void mailShouldBeKeptWhereTheStoreFails(String operation) throws Exception {
        MailboxManager store = MemoryMailboxes.make();
        new LocalMail(store).create(ANN, "INBOX");
        local = new LocalMail(failing(store, operation));
        FolderRules mailet = rules(rule(
                "one", "ALL", "<copyInto create='true'>C</copyInto><addFlag>x</addFlag><discard expunge='true'/>"));
        local.deliver(LocalMail.mail(MESSAGE, ANN), mailet);

        assertThat(new LocalMail(store).mail(ANN)).hasToString("{INBOX=[x]}");
    }

    /** A store of which one operation fails. */
    private static MailboxManager failing(MailboxManager store, String operation) {
        return (MailboxManager) Proxy.newProxyInstance(
                FolderRulesTest.class.getClassLoader(),
                new Class<?>[] {MailboxManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(operation)) {
                        throw method.getReturnType() == Publisher.class
                                ? new IllegalStateException("the store is away")
                                : new MailboxException("the store is away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void mailShouldBeKeptWhereNobodyKnowsItsUser() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN);
        UsersRepository away = (UsersRepository) Proxy.newProxyInstance(
                FolderRulesTest.class.getClassLoader(),
                new Class<?>[] {UsersRepository.class},
                (proxy, method, arguments) -> {
                    throw new UsersRepositoryException("LDAP is away");
                });
        new MailetAction(
                        new LocalRecipients(away, MemoryMailboxes.make(), new DeliveryNotes.None(), new RuleCounts()),
                        "test",
                        new RuleAction.Discard(true))
                .apply(mail);

        assertThat(mail.getState()).isEqualTo("local-delivery");
        assertThat(mail.getRecipients()).hasSize(1);
    }

    @Test
    void strangersShouldBeLeftAlone() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, Username.of("stranger@example.com"));
        rules(rule("one", "ALL", "<discard expunge='true'/>")).service(mail);

        assertThat(mail.getState()).isEqualTo("local-delivery");
        assertThat(mail.getRecipients()).hasSize(1);
    }

    @Test
    void smallMailetsShouldWorkTogether() throws Exception {
        FileInto fileInto = local.start(new FileInto(local.recipients()), "folder", "New/x", "create", "true");
        AddFlag addFlag = local.start(new AddFlag(local.recipients()), "flags", "\\Seen  $Work");
        AddFlag more = local.start(new AddFlag(local.recipients()), "flags", "\\Flagged");
        local.deliver(LocalMail.mail(MESSAGE, ANN, BOB), addFlag, fileInto, more);

        assertThat(local.mail(ANN)).hasToString("{New.x=[$Work \\Flagged \\Seen]}");
        assertThat(local.mail(BOB)).isEqualTo(local.mail(ANN));
    }

    @Test
    void smallMailetShouldNotFileIntoAMissingFolder() throws Exception {
        local.deliver(LocalMail.mail(MESSAGE, ANN), local.start(new FileInto(local.recipients()), "folder", "missing"));

        assertThat(local.mail(ANN)).hasToString("{INBOX=[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"folder | a//b | a level without a name", "folder | L/* | begins with #", "other | x | <folder>"})
    void wrongFolderOfAMailetShouldStopTheStart(String parameter, String value, String reason) {
        assertThat(catchThrowable(() -> local.start(new FileInto(local.recipients()), parameter, value)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("Mailet org.mailroom.mailets.FileInto")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"flags | \\Recent | no flag that can be set", "other | x | has no flags"})
    void wrongFlagsOfAMailetShouldStopTheStart(String parameter, String value, String reason) {
        assertThat(catchThrowable(() -> local.start(new AddFlag(local.recipients()), parameter, value)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("Mailet org.mailroom.mailets.AddFlag")
                .hasMessageContaining(reason);
    }

    private static final class Unreadable implements MimeMessageSource {
        @Override
        public String getSourceId() {
            return "unreadable";
        }

        @Override
        public InputStream getInputStream() throws IOException {
            throw new IOException("the store is away");
        }

        @Override
        public long getMessageSize() throws IOException {
            throw new IOException("the store is away");
        }
    }
}
