/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** How often the search of a live context is made again. */
@ExtendWith(MemoryJames.class)
class LiveContextCostTest {

    @Test
    void commandsShouldSearchOnceForAChangeAndNotOtherwise(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        AtomicInteger searches = new AtomicInteger();
        AtomicReference<Optional<MailboxId>> searched = new AtomicReference<>(Optional.empty());
        try (ImapClient client = james.select(user)) {
            client.appendMessages(2);
            james.search()
                    .script(
                            user,
                            (mailbox, session, key, progress) -> Mono.fromCallable(() -> {
                                searches.incrementAndGet();
                                searched.set(Optional.of(mailbox));
                                return james.search().scan(mailbox, session, key);
                            }));
            client.ok("SEARCH RETURN (UPDATE COUNT) FLAGGED");
            // what changed while nobody listened yet
            client.ok("FETCH 1 FLAGS");
            assertThat(searches).hasValue(2);
            client.ok("FETCH 1 FLAGS");
            client.ok("STATUS INBOX (MESSAGES)");
            assertThat(searches).hasValue(2);
            james.changes().changed(searched.get().orElseThrow());
            client.ok("FETCH 1 FLAGS");
            client.ok("FETCH 2 FLAGS");
            assertThat(searches).hasValue(3);
            assertThat(client.ok("STORE 2 +FLAGS (\\Flagged)").untagged())
                    .anyMatch(line -> line.endsWith(" ADDTO (0 2)"));
            client.ok("NOOP");
            assertThat(searches).hasValue(5);
        }
    }
}
