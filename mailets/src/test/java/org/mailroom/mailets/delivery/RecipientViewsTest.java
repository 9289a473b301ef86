/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailets.delivery.LocalMail.ANN;
import static org.mailroom.mailets.delivery.LocalMail.BOB;

import java.nio.charset.StandardCharsets;
import org.apache.james.transport.mailets.AddDeliveredToHeader;
import org.apache.james.transport.mailets.RemoveMimeHeader;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.FolderRules;

/** What rules at delivery see of a mail and copy of it: what is stored. */
class RecipientViewsTest {
    private static final String MESSAGE = "From: a@example.com\nSubject: invoice 7\n\nPay.\n";

    private LocalMail local;

    @BeforeEach
    void makeMailboxes() throws Exception {
        local = new LocalMail();
        local.create(ANN, "INBOX", "A");
    }

    private static String rule(String name, String when, String actions) {
        return "<rule name='" + name + "' on='delivery'><when>" + when + "</when><actions>" + actions
                + "</actions></rule>";
    }

    private FolderRules rules(String... rules) throws Exception {
        return local.start(new FolderRules(local.rules(rules)));
    }

    @Test
    void conditionsShouldLookAtWhatEachRecipientIsToGet() throws Exception {
        Mail mail = LocalMail.mail(MESSAGE, ANN, BOB);
        long size = mail.getMessageSize();

        local.deliver(
                mail,
                local.start(new AddDeliveredToHeader()),
                rules(
                        rule("ann", "HEADER Delivered-To ann@example.org", "<addFlag>ann</addFlag>"),
                        rule("sender", "HEADER Return-Path sender@example.com", "<addFlag>sender</addFlag>"),
                        rule("size", "LARGER " + size, "<addFlag>larger</addFlag>")));

        assertThat(local.mail(ANN)).hasToString("{INBOX=[ann larger sender]}");
        assertThat(local.mail(BOB)).hasToString("{INBOX=[larger sender]}");
    }

    @Test
    void malformedMailWhoseHeaderWasChangedShouldBeCopiedAsItIsDelivered() throws Exception {
        Mail mail = LocalMail.mail("Content-Type: multipart/mixed; boundary=b\n" + MESSAGE, ANN);

        local.deliver(
                mail,
                local.start(new RemoveMimeHeader(), "name", "bcc"),
                rules(rule("one", "SUBJECT invoice", "<copyInto>A</copyInto>")));

        assertThat(local.mail(ANN)).hasToString("{A=[], INBOX=[]}");
        byte[] copy = octets("A");
        assertThat(copy).isEqualTo(octets("INBOX"));
        assertThat(new String(copy, StandardCharsets.US_ASCII)).doesNotContain("MIME-Version");
    }

    private byte[] octets(String mailbox) throws Exception {
        return local.messages(ANN)
                .get(mailbox)
                .get(0)
                .getFullContent()
                .getInputStream()
                .readAllBytes();
    }
}
