/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.MessageResultIterator;
import org.apache.james.mailbox.model.UidValidity;

/**
 * A store that several processes share, as far as sync reads it: each read is a step, and who changes it does so in steps
 * that others see one by one. It remembers what each message was, and by whose change, so that an answer can be judged.
 */
final class SteppedStore {
    static final Username OWNER = Username.of("alice");
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Steps steps;
    private final Map<MailboxId, Box> boxes = new HashMap<>();
    private final MailboxSession session = MailboxSessionUtil.create(OWNER);
    private long moment;
    private long reads;

    SteppedStore(Steps steps) {
        this.steps = steps;
    }

    /** What a message is in the store. */
    record Row(long modSeq, Flags flags) {}

    /** A change, from its first step to its acknowledgement. */
    static final class Change {
        private long acknowledged = Long.MAX_VALUE;
    }

    /** What a message became, nothing where it was expunged, and by which change. */
    private record Past(Optional<Row> row, Change change) {}

    /** A mailbox. */
    final class Box {
        final MailboxId id;
        final Mailbox entity;
        private final TreeMap<Long, Row> rows = new TreeMap<>();
        private final Map<Long, List<Past>> past = new HashMap<>();
        private long lastUid;
        private long modSeq;
        private long counter;
        private final boolean counted;

        Box(int number, boolean counted, long drift) {
            id = InMemoryId.of(number);
            entity = new Mailbox(MailboxPath.forUser(OWNER, "box" + number), UidValidity.of(7), id);
            this.counted = counted;
            counter = drift;
        }

        long takeUid() {
            return ++lastUid;
        }

        long takeModSeq() {
            return ++modSeq;
        }

        /** Where the number of messages is a counter beside them, it is changed in a step of its own. */
        void put(long uid, Row row, Change change) {
            boolean added = rows.put(uid, row) == null;
            remember(uid, Optional.of(row), change);
            if (added) {
                steps.step();
                counter++;
            }
        }

        void remove(long uid, Change change) {
            if (rows.remove(uid) != null) {
                remember(uid, Optional.empty(), change);
                steps.step();
                counter--;
            }
        }

        private void remember(long uid, Optional<Row> row, Change change) {
            past.computeIfAbsent(uid, key -> new ArrayList<>()).add(new Past(row, change));
        }

        Optional<Row> row(long uid) {
            return Optional.ofNullable(rows.get(uid));
        }

        List<Long> uids() {
            return List.copyOf(rows.keySet());
        }

        private long count() {
            return counted ? counter : rows.size();
        }

        /** What a search that began at {@code began} may say of a message: what it was, but nothing older than acknowledged. */
        List<Optional<Row>> everyPast(long uid, long began) {
            List<Past> all = past.getOrDefault(uid, List.of());
            int newest = -1;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).change().acknowledged < began) {
                    newest = i;
                }
            }
            List<Optional<Row>> possible = new ArrayList<>();
            if (newest < 0) {
                possible.add(Optional.empty());
            }
            all.subList(Math.max(0, newest), all.size()).forEach(then -> possible.add(then.row()));
            return possible;
        }

        /** What a message was when it was stored. */
        Row first(long uid) {
            return past.get(uid).get(0).row().orElseThrow();
        }

        /** Every message that there ever was. */
        List<Long> everyUid() {
            return List.copyOf(past.keySet());
        }
    }

    Box create(int number, boolean counted, long drift) {
        Box box = new Box(number, counted, drift);
        boxes.put(box.id, box);
        return box;
    }

    void acknowledge(Change change) {
        change.acknowledged = ++moment;
    }

    /** A moment between what was acknowledged and what will be. */
    long now() {
        return ++moment;
    }

    /** How often the store was asked for anything. */
    long reads() {
        return reads;
    }

    MailboxManager mailboxes() {
        return proxy(MailboxManager.class, (method, arguments) -> switch (method) {
            case "createSystemSession" -> session;
            case "startProcessingRequest", "endProcessingRequest" -> null;
            case "getMailbox" -> messages(boxes.get(arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private MessageManager messages(Box box) {
        return proxy(MessageManager.class, (method, arguments) -> switch (method) {
            case "getId" -> box.id;
            case "getMailboxEntity" -> box.entity;
            case "getMessageCount" -> read(box::count);
            case "getMetaData" -> read(() -> metaData(box, (EnumSet<?>) arguments[2]));
            case "getMessages" -> read(() -> results(box, (MessageRange) arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Read<T> {
        T read();
    }

    private <T> T read(Read<T> read) {
        steps.step();
        reads++;
        T answer = read.read();
        // what was read is old when it arrives
        steps.step();
        return answer;
    }

    private static MessageManager.MailboxMetaData metaData(Box box, EnumSet<?> items) {
        boolean uids = items.contains(MessageManager.MailboxMetaData.Item.NextUid);
        return new MessageManager.MailboxMetaData(
                List.of(),
                null,
                UidValidity.of(7),
                uids ? MessageUid.of(box.lastUid + 1) : MessageUid.MIN_VALUE,
                ModSeq.of(box.modSeq),
                0,
                0,
                MessageUid.MIN_VALUE,
                true,
                null);
    }

    private static MessageResultIterator results(Box box, MessageRange range) {
        List<MessageResult> results = new ArrayList<>();
        box.rows
                .subMap(range.getUidFrom().asLong(), true, range.getUidTo().asLong(), true)
                .forEach((uid, row) -> results.add(result(uid, row)));
        Iterator<MessageResult> iterator = results.iterator();
        return proxy(MessageResultIterator.class, (method, arguments) -> switch (method) {
            case "hasNext" -> iterator.hasNext();
            case "next" -> iterator.next();
            case "getException" -> null;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static MessageResult result(long uid, Row row) {
        return proxy(MessageResult.class, (method, arguments) -> switch (method) {
            case "getUid" -> MessageUid.of(uid);
            case "getModSeq" -> ModSeq.of(row.modSeq());
            case "getInternalDate" -> new Date(1_000_000L * uid);
            case "getSaveDate" -> Optional.empty();
            case "getSize" -> (long) MESSAGE.length;
            case "getFlags" -> new Flags(row.flags());
            case "getMessageId" -> InMemoryMessageId.of(uid);
            case "getThreadId" -> null;
            case "getFullContent" -> new Content() {
                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(MESSAGE);
                }

                @Override
                public long size() {
                    return MESSAGE.length;
                }
            };
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                SteppedStore.class.getClassLoader(),
                new Class<?>[] {type},
                (object, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
