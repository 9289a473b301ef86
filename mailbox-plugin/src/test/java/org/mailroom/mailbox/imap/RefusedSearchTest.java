/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.Stop;
import org.mailroom.search.match.TextLimitException;
import reactor.core.publisher.Mono;

/** Searches that are wrong, too big, or fail: the client is told why, and the next command is answered. */
@ExtendWith(MemoryJames.class)
class RefusedSearchTest {
    private String user;
    private ImapClient client;

    @BeforeEach
    void oneMessage(MemoryJames.Running james) throws Exception {
        user = james.newUser();
        client = james.select(user);
        client.appendMessages(1);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void nextCommandIsAnswered() throws Exception {
        assertThat(client.search("UID SEARCH ALL")).isEqualTo("* SEARCH 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEARCH",
                "SEARCH ",
                "SEARCH FOO",
                "SEARCH ALL)",
                "SEARCH (ALL",
                "SEARCH NOT",
                "SEARCH OR ALL",
                "SEARCH SUBJECT",
                "SEARCH SUBJECT \"open",
                "SEARCH LARGER many",
                "SEARCH ON 32-Jan-2020",
                "SEARCH UID 0",
                "SEARCH 1:",
                "SEARCH SUBJECT {",
                "SEARCH SUBJECT {x}",
                "SEARCH FOO {3+}\r\nabc",
                "SEARCH FOO {3+}\r\nabc SUBJECT {4+}\r\n\r\n)( \"",
                "SEARCH SUBJECT {3+}\r\nabc FOO {12+}\r\nA9 LOGOUT\r\n\"",
                "UID SEARCH FOO \"a {3+} in quotes\"",
                "UID SEARCH RETURN (FOO) SUBJECT {3+}\r\nabc"
            })
    void badSearchesShouldBeRefusedAndTheNextCommandRead(String command) throws Exception {
        assertThat(client.command(command).tagged()).startsWith("BAD SEARCH failed: ");
        nextCommandIsAnswered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "(", "OR ALL ("})
    void deeplyNestedKeysShouldBeRefused(String nesting) throws Exception {
        assertThat(client.command("SEARCH " + nesting.repeat(5_000) + "ALL").tagged())
                .startsWith("BAD SEARCH failed: ");
        nextCommandIsAnswered();
    }

    @Test
    void stringsThatAreTooLongShouldBeRefusedBeforeTheClientSendsThem() throws Exception {
        client.send("A1 SEARCH TEXT {10000000}\r\n");
        assertThat(client.line()).startsWith("A1 BAD SEARCH failed: ").contains("longer than");
        nextCommandIsAnswered();
    }

    @Test
    void literalAfterAnErrorShouldNotBeAskedFor() throws Exception {
        client.send("A1 SEARCH FOO {10}\r\n");
        assertThat(client.line()).startsWith("A1 BAD SEARCH failed: ");
        nextCommandIsAnswered();
    }

    @Test
    void stringsThatAreTooLongShouldBeSkippedWhereTheClientDoesNotWait() throws Exception {
        client.send("A1 SEARCH TEXT {100000+}\r\n" + "A9 LOGOUT\r\n".repeat(100_000 / 11) + "x".repeat(100_000 % 11)
                + " ALL\r\n");
        assertThat(client.answer("A1").tagged())
                .startsWith("BAD SEARCH failed: ")
                .contains("longer than");
        nextCommandIsAnswered();
    }

    @Test
    void clientThatSendsWithoutEndShouldBeDisconnectedBeforeItsTextIsTakenForCommands() throws Exception {
        client.send("A1 SEARCH TEXT {900000000+}\r\n");
        assertThat(client.line()).startsWith("* BYE ");
        assertThat(client.ends()).isTrue();
    }

    @Test
    void searchBeforeSelectShouldBeRefused(MemoryJames.Running james) throws Exception {
        try (ImapClient fresh = james.connect()) {
            fresh.ok("LOGIN " + user + " " + MemoryJames.PASSWORD);
            assertThat(fresh.command("SEARCH ALL").tagged()).matches("(NO|BAD) .*");
            fresh.ok("SELECT INBOX");
            assertThat(fresh.search("SEARCH ALL")).isEqualTo("* SEARCH 1");
        }
    }

    private void fails(MemoryJames.Running james, Throwable error, String code) throws Exception {
        james.search().script(user, (mailbox, session, key, progress) -> Mono.error(error));
        assertThat(client.command("SEARCH ALL").tagged()).startsWith("NO [" + code + "] SEARCH failed: ");
        assertThat(client.command("UID SEARCH RETURN (COUNT) ALL").tagged()).startsWith("NO [" + code + "] ");
        james.search().forget(user);
        nextCommandIsAnswered();
    }

    @Test
    void storeThatDoesNotAnswerShouldBeToldAsUnavailable(MemoryJames.Running james) throws Exception {
        fails(james, new MailboxException("down"), "UNAVAILABLE");
        fails(james, new UncheckedIOException(new IOException("disk")), "UNAVAILABLE");
    }

    @Test
    void unexpectedErrorsShouldBeToldAsServerBugs(MemoryJames.Running james) throws Exception {
        fails(james, new IllegalStateException("secret inside"), "SERVERBUG");
        james.search().script(user, (mailbox, session, key, progress) -> {
            throw new IllegalStateException("secret inside");
        });
        assertThat(client.command("SEARCH ALL").tagged())
                .startsWith("NO [SERVERBUG] ")
                .doesNotContain("secret");
        james.search().script(user, (mailbox, session, key, progress) -> Mono.empty());
        assertThat(client.command("SEARCH ALL").tagged()).startsWith("NO [SERVERBUG] ");
    }

    @Test
    void whatStopsASearchShouldBeNamed(MemoryJames.Running james) throws Exception {
        SearchControl control = SearchControl.within(Duration.ofMinutes(1));
        fails(james, control.failure(Stop.DEADLINE), "LIMIT");
        fails(james, control.failure(Stop.CANCELLED), "CONTACTADMIN");
        fails(james, new SearchRefusedException("too many of your searches wait already, 1000"), "LIMIT");
        james.search().script(user, (mailbox, session, key, progress) -> Mono.error(control.failure(Stop.DEADLINE)));
        assertThat(client.command("SEARCH ALL").tagged())
                .isEqualTo(
                        "NO [LIMIT] SEARCH failed: a search may work for 60 s (search-limits deadline): ask for less,"
                                + " or in fewer mailboxes");
        james.search().forget(user);
    }

    @Test
    void textPastALimitShouldBeToldWithTheNameOfTheLimit(MemoryJames.Running james) throws Exception {
        fails(james, new TextLimitException("part-octets", 7), "LIMIT");
        james.search()
                .script(
                        user,
                        (mailbox, session, key, progress) -> Mono.error(new TextLimitException("part-octets", 7)));
        assertThat(client.command("SEARCH BODY x").tagged())
                .isEqualTo("NO [LIMIT] SEARCH failed: the answer depends on text of message 7 that is past the limit"
                        + " part-octets");
    }

    @Test
    void missingMailboxesAndRightsShouldBeNamed(MemoryJames.Running james) throws Exception {
        fails(james, new MailboxNotFoundException("INBOX"), "NONEXISTENT");
        fails(james, new InsufficientRightsException("no"), "NOPERM");
    }
}
