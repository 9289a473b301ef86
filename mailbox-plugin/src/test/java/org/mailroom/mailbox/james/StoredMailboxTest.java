/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.sync.MemoryMail;

/** A store that remembers what it gave, as James's JPA store does, has to be told when that is needed no more. */
class StoredMailboxTest {
    private static final Username ALICE = Username.of("alice");
    private static final String FORGOTTEN = "the store may forget";

    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private MemoryMail mail;
    private StoredMailbox mailbox;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory, false);
        MailboxSession session = mail.mailboxes().createSystemSession(ALICE);
        MailboxPath path = MailboxPath.inbox(session);
        MailboxId inbox = mail.mailboxes().createMailbox(path, session).orElseThrow();
        for (int i = 1; i <= 3; i++) {
            byte[] message = ("Subject: " + i + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII);
            mail.mailboxes()
                    .getMailbox(inbox, session)
                    .appendMessage(AppendCommand.builder().build(message), session);
        }
        mailbox = new MailStore(observed(mail.mailboxes())).open(ALICE, inbox).orElseThrow();
        events.clear();
    }

    @AfterEach
    void stop() throws IOException {
        mailbox.close();
        mail.close();
    }

    /** The same, that notes which requests end. */
    private MailboxManager observed(MailboxManager mailboxes) {
        return (MailboxManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailboxManager.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("endProcessingRequest")) {
                        events.add(FORGOTTEN);
                    }
                    try {
                        return method.invoke(mailboxes, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void messagesShouldBeForgottenAfterEachReading() throws Exception {
        mailbox.read(1, 2, message -> events.add("uid " + message.metadata().uid()));
        mailbox.readSome(1, 3, message -> events.add("uid " + message.metadata().uid()) && false);
        mailbox.list(3, 3, message -> events.add("uid " + message.uid()));

        assertThat(events).containsExactly("uid 1", "uid 2", FORGOTTEN, "uid 1", FORGOTTEN, "uid 3", FORGOTTEN);
    }

    @Test
    void aReadingInsideOfAnotherShouldNotMakeTheStoreForget() throws Exception {
        mailbox.read(1, 2, message -> {
            events.add("uid " + mailbox.metadata(3).orElseThrow().uid());
            try (InputStream content = message.open()) {
                events.add(new String(content.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElseThrow());
            }
        });

        assertThat(events).containsExactly("uid 3", "Subject: 1", "uid 3", "Subject: 2", FORGOTTEN);
    }

    @Test
    void messagesShouldBeForgottenWhenTheReaderFails() {
        assertThatThrownBy(() -> mailbox.read(1, 3, message -> {
                    throw new IOException("no more");
                }))
                .hasMessage("no more");

        assertThat(events).containsExactly(FORGOTTEN);
    }
}
