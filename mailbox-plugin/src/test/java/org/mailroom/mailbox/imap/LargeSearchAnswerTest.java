/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailroom.search.index.Hits;
import reactor.core.publisher.Mono;

/** Answers with very many messages. */
@ExtendWith(MemoryJames.class)
class LargeSearchAnswerTest {

    @Test
    void hundredThousandUidsShouldComeWhole(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        long[] uids = LongStream.rangeClosed(1, 100_000).map(n -> 3 * n).toArray();
        james.search().script(user, (mailbox, session, key, progress) -> Mono.just(new Hits(uids, 7)));
        try (ImapClient client = james.select(user)) {
            String plain = LongStream.of(uids).mapToObj(Long::toString).collect(Collectors.joining(" "));
            assertThat(client.search("UID SEARCH ALL").equals("* SEARCH " + plain))
                    .isTrue();
            assertThat(client.search("UID SEARCH RETURN (ALL) ALL").endsWith(" UID ALL " + plain.replace(' ', ',')))
                    .isTrue();
            assertThat(client.search("UID SEARCH RETURN (MIN MAX COUNT SAVE) ALL"))
                    .endsWith(" UID MIN 3 MAX 300000 COUNT 100000");
            // none of them is in the mailbox
            assertThat(client.ok("FETCH $ UID").untagged()).isEmpty();
        }
    }

    @Test
    void hundredThousandUidsShouldKeepTheirOrder(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        long[] uids = LongStream.rangeClosed(1, 100_000).map(n -> 100_001 - n).toArray();
        james.search().script(user, (mailbox, session, key, progress) -> Mono.just(new Hits(uids, 0)));
        try (ImapClient client = james.select(user)) {
            String plain = LongStream.of(uids).mapToObj(Long::toString).collect(Collectors.joining(" "));
            assertThat(client.search("UID SORT (REVERSE ARRIVAL) UTF-8 ALL").equals("* SORT " + plain))
                    .isTrue();
            assertThat(client.search("UID SORT RETURN (ALL) (REVERSE ARRIVAL) UTF-8 ALL")
                            .endsWith(" UID ALL " + plain.replace(' ', ',')))
                    .isTrue();
        }
    }
}
