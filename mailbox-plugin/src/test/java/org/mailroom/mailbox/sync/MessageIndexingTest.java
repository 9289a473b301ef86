/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.text.MessageTextReader;

class MessageIndexingTest {
    private static final int THREADS = 2;
    private static final int THREE_MEGABYTES = 3 << 20;

    @TempDir
    private Path directory;

    private final ExecutorService helpers = Executors.newFixedThreadPool(THREADS);
    private final List<Integer> added = Collections.synchronizedList(new ArrayList<>());
    private MemoryMail mail;
    private MailStore store;
    private MailboxId inbox;
    private UserIndexes indexes;
    private MessageIndexing indexing;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory.resolve("of-the-store"), false);
        inbox = mail.create(ALICE, "INBOX");
        store = new MailStore(mail.mailboxes());
        indexes = new UserIndexes(directory.resolve("indexes"), IndexSettings.DEFAULT);
        indexing =
                new MessageIndexing(store, new MessageTextSource(new MessageTextReader()), helpers, THREADS, cut -> {});
    }

    @AfterEach
    void stop() throws IOException {
        helpers.shutdown();
        indexes.close();
        mail.close();
    }

    private void append(int messages, String body) throws Exception {
        for (int i = 0; i < messages; i++) {
            mail.append(ALICE, inbox, message("number " + i, body));
        }
    }

    private interface Adding {
        void add(StoredMailbox mailbox, UserIndex index) throws IOException;
    }

    private long[] indexedBy(Adding adding) throws IOException {
        try (UserIndexes.Lease lease = indexes.lease(ALICE.asString());
                StoredMailbox mailbox = store.open(ALICE, inbox).orElseThrow()) {
            adding.add(mailbox, lease.index());
            return lease.index().list(inbox.serialize()).stream()
                    .mapToLong(UserIndex.Entry::uid)
                    .toArray();
        }
    }

    private long[] indexed(UidRange uids) throws IOException {
        return indexedBy((mailbox, index) -> indexing.add(mailbox, index, uids, added::add));
    }

    @Test
    void allMessagesOfARangeShouldBeIndexed() throws Exception {
        append(600, "body");
        for (long uid = 100; uid < 500; uid += 2) {
            mail.expunge(ALICE, inbox, uid);
        }

        assertThat(indexed(new UidRange(1, 5_000_000_000L)))
                .containsExactly(LongStream.rangeClosed(1, 600)
                        .filter(uid -> uid < 100 || uid >= 500 || uid % 2 == 1)
                        .toArray());
        assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
    }

    @Test
    void messagesOutsideTheRangeShouldBeLeft() throws Exception {
        append(10, "body");

        assertThat(indexed(new UidRange(4, 6))).containsExactly(4, 5, 6);
    }

    @Test
    void aRangeWithNothingInItShouldAddNothing() throws Exception {
        append(3, "body");

        assertThat(indexed(new UidRange(3, 2))).isEmpty();
    }

    @Test
    void largeMessagesOfARangeShouldBeHeldInMemoryAFewAtATime() throws Exception {
        append(10, "x".repeat(THREE_MEGABYTES));

        assertThat(indexed(new UidRange(1, 10))).hasSize(10);
        assertThat(added).hasSizeGreaterThan(1).allMatch(messages -> messages <= 3);
    }

    @Test
    void wideRangesShouldBeHeldInMemoryAFewMessagesAtATime() throws Exception {
        append(1, "body");
        for (int i = 0; i < 300; i++) {
            mail.expunge(ALICE, inbox, mail.append(ALICE, inbox, message("gone", "body")));
        }
        append(500, "body");

        assertThat(indexed(new UidRange(1, 3_000))).hasSize(501);
        assertThat(added).allMatch(messages -> messages <= MessageBatches.MESSAGES);
    }

    @Test
    void onlyMessagesThatAreListedShouldBeIndexed() throws Exception {
        append(600, "body");
        List<MessageMetadata> listed = new ArrayList<>();
        try (StoredMailbox mailbox = store.open(ALICE, inbox).orElseThrow()) {
            mailbox.list(1, 600, metadata -> {
                if (metadata.uid() % 3 == 0) {
                    listed.add(metadata);
                }
            });
        }
        mail.expunge(ALICE, inbox, 300);

        assertThat(indexedBy((mailbox, index) -> indexing.add(mailbox, index, listed, added::add)))
                .containsExactly(LongStream.rangeClosed(1, 600)
                        .filter(uid -> uid % 3 == 0 && uid != 300)
                        .toArray());
    }
}
