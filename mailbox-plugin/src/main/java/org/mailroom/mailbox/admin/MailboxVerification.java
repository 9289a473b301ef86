/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.mailbox.sync.UidWindows;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.SearchKey;

/**
 * Compares what searches of a mailbox answer with {@code match} over its stored messages: which messages there are, and for
 * flags, dates, sizes, keywords and strings from each message, which of the messages read with it match. Changes nothing;
 * what differs is looked at again before it counts, as mail changes meanwhile. Thread-safe.
 */
final class MailboxVerification {
    private static final int MAX_BATCH = 32;
    private static final long MAX_BATCH_OCTETS = 4 << 20;
    private static final int SAMPLE = 20;

    private final SearchServices mail;
    private final SearchIndexConfiguration configuration;
    private final Clock clock;

    MailboxVerification(SearchServices mail, SearchIndexConfiguration configuration, Clock clock) {
        this.mail = mail;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Compares all of a mailbox. */
    void verify(Username owner, MailboxId id, int strings, IndexProgress progress) throws IOException {
        Optional<StoredMailbox> opened = mail.store().open(owner, id);
        if (opened.isPresent()) {
            try (StoredMailbox mailbox = opened.get()) {
                UidWindows.forEach(
                        mailbox,
                        1,
                        mailbox.watermark().lastUid(),
                        (first, last, messages) -> compare(mailbox, first, last, messages, strings, progress));
            }
        }
    }

    /**
     * Compares some of a mailbox: of each run of {@value #SAMPLE} uids all messages or none.
     *
     * @param chosen says whether the run that begins with a uid is looked at
     */
    void sample(Username owner, MailboxId id, LongPredicate chosen, int strings, IndexProgress progress)
            throws IOException {
        Optional<StoredMailbox> opened = mail.store().open(owner, id);
        if (opened.isEmpty()) {
            return;
        }
        try (StoredMailbox mailbox = opened.get()) {
            long end = mailbox.watermark().lastUid();
            for (long first = 1; first <= end; first += SAMPLE) {
                progress.check();
                if (chosen.test(first)) {
                    long last = Math.min(end, first + SAMPLE - 1);
                    List<MessageMetadata> messages = new ArrayList<>();
                    mailbox.list(first, last, messages::add);
                    compare(mailbox, first, last, messages, strings, progress);
                }
            }
        }
    }

    private void compare(
            StoredMailbox mailbox,
            long first,
            long last,
            List<MessageMetadata> messages,
            int strings,
            IndexProgress progress)
            throws IOException {
        CheckedMail checked = new CheckedMail(mail, configuration, clock, mailbox);
        try {
            Set<Long> different = comparePresence(checked, first, last, messages, progress);
            List<MessageMetadata> both = messages.stream()
                    .filter(message -> !different.contains(message.uid()))
                    .toList();
            for (List<MessageMetadata> batch : batches(both)) {
                compare(checked, mailbox, batch, strings, progress);
            }
        } catch (MailboxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Messages of which not both know. */
    private Set<Long> comparePresence(
            CheckedMail checked, long first, long last, List<MessageMetadata> messages, IndexProgress progress)
            throws MailboxException, IOException {
        Set<Long> stored = messages.stream().map(MessageMetadata::uid).collect(Collectors.toSet());
        Set<Long> different = new TreeSet<>(stored);
        Set<Long> found = checked.search(CheckedMail.within(first, last, new SearchKey.All()));
        different.removeAll(found);
        found.stream().filter(uid -> !stored.contains(uid)).forEach(different::add);
        for (long uid : different) {
            report(checked, new SearchKey.All(), "ALL", uid, progress);
        }
        return different;
    }

    private static void report(CheckedMail checked, SearchKey key, String description, long uid, IndexProgress progress)
            throws MailboxException, IOException {
        progress.check();
        checked.confirmed(key, description, uid, progress).ifPresent(progress::different);
    }

    /** Neighbours that are read at once. */
    private static List<List<MessageMetadata>> batches(List<MessageMetadata> messages) {
        List<List<MessageMetadata>> batches = new ArrayList<>();
        List<MessageMetadata> batch = new ArrayList<>();
        long octets = 0;
        for (MessageMetadata message : messages) {
            if (batch.size() == MAX_BATCH || octets + message.size() > MAX_BATCH_OCTETS) {
                add(batch, batches);
                batch = new ArrayList<>();
                octets = 0;
            }
            batch.add(message);
            octets += message.size();
        }
        add(batch, batches);
        return batches;
    }

    private static void add(List<MessageMetadata> batch, List<List<MessageMetadata>> batches) {
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
    }

    private void compare(
            CheckedMail checked,
            StoredMailbox mailbox,
            List<MessageMetadata> batch,
            int strings,
            IndexProgress progress)
            throws MailboxException, IOException {
        long first = batch.get(0).uid();
        long last = batch.get(batch.size() - 1).uid();
        List<CheckedMail.View> views = new ArrayList<>();
        mailbox.read(first, last, message -> checked.read(message).ifPresent(views::add));
        Map<Long, NormalisedText> texts = new LinkedHashMap<>();
        Map<SearchKey, String> probes = new LinkedHashMap<>();
        Probe.ofFlags().forEach(probe -> probes.put(probe.key(), probe.description()));
        for (CheckedMail.View view : views) {
            texts.put(view.metadata().uid(), new NormalisedText(view));
            Probe.of(view.metadata(), view.text(), strings)
                    .forEach(probe -> probes.putIfAbsent(probe.key(), probe.description()));
        }
        Set<Long> undecided = new HashSet<>();
        for (Map.Entry<SearchKey, String> probe : probes.entrySet()) {
            progress.check();
            compare(checked, first, last, probe, texts, undecided, progress);
        }
        undecided.forEach(uid -> progress.undecided());
        progress.done(batch.size());
    }

    private void compare(
            CheckedMail checked,
            long first,
            long last,
            Map.Entry<SearchKey, String> probe,
            Map<Long, NormalisedText> texts,
            Set<Long> undecided,
            IndexProgress progress)
            throws MailboxException, IOException {
        Instant now = clock.instant();
        Set<Long> found;
        try {
            found = checked.search(CheckedMail.within(first, last, probe.getKey()));
        } catch (TextLimitException e) {
            undecided.add(e.uid());
            return;
        }
        MessageMatch match = checked.match(probe.getKey());
        for (Map.Entry<Long, NormalisedText> text : texts.entrySet()) {
            Optional<Boolean> matches = checked.matches(match, text.getValue(), now);
            if (matches.isEmpty()) {
                undecided.add(text.getKey());
            } else if (matches.get() != found.contains(text.getKey())) {
                report(checked, probe.getKey(), probe.getValue(), text.getKey(), progress);
            }
        }
    }
}
