/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SETMETADATA (RFC 5464), of entries that somebody makes something of. */
@ExtendWith(MemoryJames.class)
class CheckedMetadataTest {
    private String user;
    private ImapClient imap;
    private CheckedMetadata metadata;

    @BeforeEach
    void connect(MemoryJames.Running james) throws Exception {
        user = james.newUser();
        imap = james.select(user);
        metadata = james.metadata();
    }

    @AfterEach
    void disconnect() throws Exception {
        imap.close();
    }

    private String refused(String command) throws Exception {
        String tagged = imap.command(command).tagged();
        assertThat(tagged).startsWith("NO ");
        return tagged;
    }

    private List<String> written() {
        return metadata.written().stream().filter(entry -> entry.contains(user)).toList();
    }

    @Test
    void rightEntryShouldBeWritten() throws Exception {
        imap.ok("SETMETADATA INBOX (/private/vendor/test/one \"a\" /private/comment \"b\")");

        assertThat(imap.ok("GETMETADATA INBOX /private/vendor/test/one").untagged())
                .anySatisfy(line -> assertThat(line).contains("/private/vendor/test/one \"a\""));
        assertThat(written())
                .containsExactly(
                        "#private:" + user + ":INBOX /private/vendor/test/one",
                        "#private:" + user + ":INBOX /private/comment");
    }

    @Test
    void refusedEntryShouldNotBeWrittenNorWhatIsWrittenWithIt() throws Exception {
        assertThat(refused("SETMETADATA INBOX (/private/comment \"b\" /private/vendor/test/one \"wrong <\")"))
                .contains("NO SETMETADATA [CANNOT] failed: line 1 of INBOX?is wrong <");

        assertThat(imap.ok("GETMETADATA INBOX (/private/vendor/test/one /private/comment)")
                        .untagged())
                .noneMatch(line -> line.contains("wrong") || line.contains("comment \"b\""));
        assertThat(written()).isEmpty();
    }

    @Test
    void entryThatCannotBeCheckedShouldNotBeWritten() throws Exception {
        assertThat(refused("SETMETADATA INBOX (/private/vendor/test/one \"fails\")"))
                .contains("[UNAVAILABLE]");

        assertThat(written()).isEmpty();
    }

    @Test
    void mailboxThatIsNotThereShouldBeToldAsJamesTellsIt() throws Exception {
        assertThat(refused("SETMETADATA Missing (/private/comment \"b\")")).contains("TRYCREATE");
    }

    /** Who is told what is written is told before the client is: that went wrong once in three times. */
    @RepeatedTest(10)
    void valuesInLiteralsShouldBeWritten() throws Exception {
        String value = "<a>\n<b c='d'/>\n</a>";
        imap.send("L1 SETMETADATA INBOX (/private/vendor/test/one {" + value.length() + "}\r\n");
        imap.literal(value + ")\r\n");
        imap.answer("L1").isOk();
        imap.ok("SETMETADATA INBOX (/private/vendor/test/two {" + value.length() + "+}\r\n" + value + ")");

        assertThat(written()).hasSize(2);
    }
}
