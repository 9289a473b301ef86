/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/**
 * Searches by reading every message, with as much of the search keys as the tests of the IMAP commands need; or does, for
 * a user, what a test tells it to do instead.
 */
final class ScriptedSearch implements MailboxSearch {
    private final Map<String, MailboxSearch> scripts = new ConcurrentHashMap<>();
    private MailboxManager mailboxes;

    @Inject
    void mailboxes(MailboxManager manager) {
        mailboxes = manager;
    }

    /** From now on {@code user}'s searches are made by {@code script}. */
    void script(String user, MailboxSearch script) {
        scripts.put(user, script);
    }

    /** From now on {@code user}'s searches read the messages again. */
    void forget(String user) {
        scripts.remove(user);
    }

    @Override
    public Mono<Hits> search(MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
        MailboxSearch script = scripts.get(session.getUser().asString());
        return script == null
                ? Mono.fromCallable(() -> scan(mailbox, session, key))
                : script.search(mailbox, session, key, progress);
    }

    /** The answer from reading the messages. */
    Hits scan(MailboxId mailbox, MailboxSession session, SearchKey key) throws Exception {
        MessageManager messages = mailboxes.getMailbox(mailbox, session);
        List<Long> uids = new ArrayList<>();
        long highestModSeq = 0;
        var all = messages.getMessages(MessageRange.all(), FetchGroup.FULL_CONTENT, session);
        while (all.hasNext()) {
            MessageResult message = all.next();
            if (matches(key, message)) {
                uids.add(message.getUid().asLong());
                highestModSeq = Math.max(highestModSeq, message.getModSeq().asLong());
            }
        }
        return new Hits(uids.stream().mapToLong(Long::longValue).sorted().toArray(), highestModSeq);
    }

    private static boolean matches(SearchKey key, MessageResult message) throws Exception {
        if (key instanceof SearchKey.All) {
            return true;
        } else if (key instanceof SearchKey.And and) {
            for (SearchKey part : and.keys()) {
                if (!matches(part, message)) {
                    return false;
                }
            }
            return true;
        } else if (key instanceof SearchKey.Or or) {
            return matches(or.left(), message) || matches(or.right(), message);
        } else if (key instanceof SearchKey.Not not) {
            return !matches(not.key(), message);
        } else if (key instanceof SearchKey.Uid uid) {
            return uid.set().contains(message.getUid().asLong(), Long.MAX_VALUE);
        } else if (key instanceof SearchKey.ModSeq modSeq) {
            return message.getModSeq().asLong() >= modSeq.value();
        } else if (key instanceof SearchKey.FlagSet set) {
            return message.getFlags().contains(flag(set.flag()));
        } else if (key instanceof SearchKey.FlagUnset unset) {
            return !message.getFlags().contains(flag(unset.flag()));
        } else if (key instanceof SearchKey.Smaller smaller) {
            return message.getSize() < smaller.octets();
        } else if (key instanceof SearchKey.Larger larger) {
            return message.getSize() > larger.octets();
        } else if (key instanceof SearchKey.EmailId id) {
            return message.getMessageId().serialize().equals(id.id());
        } else if (key instanceof SearchKey.StringKey string) {
            String text = new String(message.getFullContent().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.toLowerCase(Locale.ROOT).contains(string.value().toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException("no test needs " + key);
    }

    private static Flags.Flag flag(SearchKey.SystemFlag flag) {
        return switch (flag) {
            case ANSWERED -> Flags.Flag.ANSWERED;
            case DELETED -> Flags.Flag.DELETED;
            case DRAFT -> Flags.Flag.DRAFT;
            case FLAGGED -> Flags.Flag.FLAGGED;
            case SEEN -> Flags.Flag.SEEN;
        };
    }
}
