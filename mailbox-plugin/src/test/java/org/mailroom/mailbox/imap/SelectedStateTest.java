/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on the selected mailbox where none is selected. */
@ExtendWith(MemoryJames.class)
class SelectedStateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SEARCH ALL                      | SEARCH
                    SORT (SUBJECT) UTF-8 ALL        | SORT
                    THREAD REFERENCES UTF-8 ALL     | THREAD
                    CANCELUPDATE "A1"               | CANCELUPDATE
                    """)
    void refusalShouldNameTheCommand(String command, String name, MemoryJames.Running james) throws Exception {
        try (ImapClient client = james.connect()) {
            assertThat(client.command(command).tagged()).startsWith("NO " + name + " ");
            client.ok("LOGIN " + james.newUser() + " " + MemoryJames.PASSWORD);
            assertThat(client.command(command).tagged()).startsWith("NO " + name + " ");
            client.ok("NOOP");
        }
    }
}
