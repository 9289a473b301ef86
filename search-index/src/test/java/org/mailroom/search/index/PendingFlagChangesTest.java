/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Whatever is done to an index, and in whatever order, its flags are those that were given to it last. */
class PendingFlagChangesTest {
    private static final int ROUNDS = 250;
    private static final int MESSAGES = 150;
    private static final List<String> MAILBOXES = List.of("1", "2");
    private static final List<String> KEYWORDS = List.of("work", "home");

    @TempDir
    Path directory;

    private final long seed = RandomRun.seed();
    private final Random random = new Random(seed);
    private final Map<String, Map<Long, FlagsUpdate>> right = new HashMap<>();
    private long modSeq;

    @Test
    void aSearchSeesTheFlagsThatWereGivenLast() throws IOException {
        MAILBOXES.forEach(mailbox -> right.put(mailbox, new TreeMap<>()));
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (UserIndexes.Lease lease = indexes.lease("bob")) {
                    String mailbox = any(MAILBOXES);
                    String done = change(lease.index(), mailbox);
                    ask(lease.index(), any(MAILBOXES), "seed " + seed + ", round " + round + ": " + done);
                }
            }
        }
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            for (String mailbox : MAILBOXES) {
                ask(lease.index(), mailbox, "seed " + seed + ", opened again");
            }
        }
    }

    private String change(UserIndex index, String mailbox) throws IOException {
        Map<Long, FlagsUpdate> messages = right.get(mailbox);
        switch (random.nextInt(12)) {
            case 0 -> {
                long uid = 1 + random.nextInt(MESSAGES);
                add(index, mailbox, uid);
                return "message " + uid + " added";
            }
            case 1 -> {
                long uid = 1 + random.nextInt(MESSAGES);
                index.remove(mailbox, uid);
                messages.remove(uid);
                return "message " + uid + " removed";
            }
            case 2 -> {
                index.commit();
                return "committed";
            }
            case 3 -> {
                if (random.nextInt(10) == 0) {
                    index.removeMailbox(mailbox);
                    messages.clear();
                }
                for (long uid = 1; uid <= MESSAGES; uid++) {
                    if (random.nextInt(3) == 0) {
                        add(index, mailbox, uid);
                    }
                }
                return "many added";
            }
            default -> {
                int part = random.nextInt(4) == 0 ? 1 : 40;
                List<FlagsUpdate> updates = new ArrayList<>();
                for (long uid = 1; uid <= MESSAGES; uid++) {
                    if (random.nextInt(part) == 0) {
                        updates.add(new FlagsUpdate(uid, flags(), ++modSeq));
                    }
                }
                index.updateFlags(mailbox, updates);
                updates.forEach(update -> messages.computeIfPresent(update.uid(), (uid, before) -> update));
                return updates.size() + " flagged";
            }
        }
    }

    private void add(UserIndex index, String mailbox, long uid) throws IOException {
        FlagsUpdate flags = new FlagsUpdate(uid, flags(), ++modSeq);
        index.add(
                mailbox,
                new MessageMetadata(
                        uid, flags.modSeq(), Instant.EPOCH, Optional.empty(), 1, flags.flags(), "e" + uid, "t"),
                new MessageText(
                        List.of(new HeaderField("Subject", "message")), List.of("text"), Optional.empty(), true));
        right.get(mailbox).put(uid, flags);
    }

    private Flags flags() {
        Set<SystemFlag> system = EnumSet.noneOf(SystemFlag.class);
        for (SystemFlag flag : List.of(SystemFlag.SEEN, SystemFlag.FLAGGED)) {
            if (random.nextBoolean()) {
                system.add(flag);
            }
        }
        Set<String> keywords = new HashSet<>(KEYWORDS);
        keywords.removeIf(keyword -> random.nextBoolean());
        return new Flags(system, keywords);
    }

    private void ask(UserIndex index, String mailbox, String when) throws IOException {
        SystemFlag flag = any(List.of(SystemFlag.SEEN, SystemFlag.FLAGGED));
        String keyword = any(KEYWORDS);
        long least = modSeq - random.nextInt(2 * MESSAGES);
        Map<SearchKey, Predicate<FlagsUpdate>> asked = Map.of(
                new MailKey.FlagSet(flag),
                is -> is.flags().system().contains(flag),
                new MailKey.FlagUnset(flag),
                is -> !is.flags().system().contains(flag),
                new MailKey.Keyword(keyword),
                is -> is.flags().keywords().contains(keyword),
                new MailKey.Unkeyword(keyword),
                is -> !is.flags().keywords().contains(keyword),
                new SearchKey.And(List.of(new SearchKey.Not(new MailKey.FlagSet(flag)), new MailKey.Subject("essag"))),
                is -> !is.flags().system().contains(flag));
        for (Map.Entry<SearchKey, Predicate<FlagsUpdate>> key : asked.entrySet()) {
            ask(index, mailbox, key.getKey(), key.getValue(), when);
        }
        Hits changed =
                ask(index, mailbox, new StoreKey.ModSeq(least, Optional.empty()), is -> is.modSeq() >= least, when);
        assertThat(changed.highestModSeq())
                .as(when)
                .isEqualTo(right.get(mailbox).values().stream()
                        .mapToLong(FlagsUpdate::modSeq)
                        .filter(value -> value >= least)
                        .max()
                        .orElse(0));
        if (random.nextInt(5) == 0) {
            assertThat(index.list(mailbox))
                    .as(when)
                    .extracting(entry -> new FlagsUpdate(entry.uid(), entry.flags(), entry.modSeq()))
                    .containsExactlyElementsOf(right.get(mailbox).values());
        }
    }

    private Hits ask(UserIndex index, String mailbox, SearchKey key, Predicate<FlagsUpdate> holds, String when)
            throws IOException {
        Hits hits = index.search(mailbox, key, Instant.now(), uid -> Optional.empty());
        assertThat(hits.uids())
                .as("%s in mailbox %s, %s", key, mailbox, when)
                .isEqualTo(right.get(mailbox).values().stream()
                        .filter(holds)
                        .mapToLong(FlagsUpdate::uid)
                        .toArray());
        return hits;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
