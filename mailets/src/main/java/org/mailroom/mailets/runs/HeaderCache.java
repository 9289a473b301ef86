/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.util.MimeUtil;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.Uids;

/**
 * Caches the headers that plans show. Administrators plan, change rules and plan again, and see the same messages:
 * reading headers costs James's JPA store much, and they never change (RFC 3501, 2.3.1.1). Bounded; thread-safe.
 */
final class HeaderCache {
    private static final Duration UNUSED = Duration.ofMinutes(10);
    private static final long MAX_CHARACTERS = 2_000_000;
    /** About what an entry takes beside its text. */
    private static final int ENTRY = 100;

    private final Cache<Message, Header> known = CacheBuilder.newBuilder()
            .expireAfterAccess(UNUSED)
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Message message, Header shown) -> shown.length() + ENTRY)
            .build();

    private record Message(String mailbox, long uidValidity, long uid) {
        Message(MailboxSnapshot mailbox, long uid) {
            this(mailbox.id(), mailbox.uidValidity(), uid);
        }
    }

    /** Fields of a header, unfolded and decoded; empty where there is none. */
    record Header(String date, String from, String subject) {
        private int length() {
            return date.length() + from.length() + subject.length();
        }
    }

    /** Of those of the messages that are there, or were a while ago, by uid. */
    Map<Long, Header> of(MailboxSnapshot seen, OpenMailbox mailbox, Uids uids) throws MailboxException {
        Map<Long, Header> shown = new HashMap<>();
        LongStream.Builder unknown = LongStream.builder();
        uids.stream().forEach(uid -> {
            Header before = known.getIfPresent(new Message(seen, uid));
            if (before == null) {
                unknown.add(uid);
            } else {
                shown.put(uid, before);
            }
        });
        mailbox.readHeaders(Uids.of(unknown.build()), Set.of("Date", "From", "Subject"), (uid, fields) -> {
            Header read = new Header(decoded(fields, "Date"), decoded(fields, "From"), decoded(fields, "Subject"));
            known.put(new Message(seen, uid), read);
            shown.put(uid, read);
        });
        return shown;
    }

    private static String decoded(Map<String, String> fields, String name) {
        String unfolded = MimeUtil.unfold(fields.getOrDefault(name, ""));
        return DecoderUtil.decodeEncodedWords(unfolded, DecodeMonitor.SILENT).strip();
    }
}
