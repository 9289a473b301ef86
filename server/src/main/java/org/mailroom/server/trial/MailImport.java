/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * Appends the mail of a source to mailboxes below one that is named after it.
 *
 * <p>Each message goes to the mailbox of its folder, and a copy to the mailbox of each of its Gmail labels, as Gmail's IMAP
 * shows it: the mailbox named after the source is its "All Mail". Messages that an interrupted import has stored are passed
 * over. For one thread.
 */
final class MailImport implements MailFiles.Sink {
    private static final int MAX_LEVEL_LENGTH = 60;
    private static final int MAX_NAME_LENGTH = 190;

    private final MailLoader loader;
    private final Username user;
    private final String name;
    private final ImportProgress progress;
    private final Progress bar;
    private final BooleanSupplier stop;

    /** How many messages of each mailbox are still to be passed over. */
    private final Map<String, Long> stored = new HashMap<>();

    private final Map<String, Long> skipped = new TreeMap<>();
    private long messages;
    private long copies;
    private long resumed;

    MailImport(
            MailLoader loader,
            Username user,
            String name,
            ImportProgress progress,
            Progress bar,
            BooleanSupplier stop) {
        this.loader = loader;
        this.user = user;
        this.name = name;
        this.progress = progress;
        this.bar = bar;
        this.stop = stop;
    }

    @Override
    public void message(String folder, SourceMessage message) throws IOException {
        String mailbox = mailbox(folder);
        Set<String> copiesIn = new LinkedHashSet<>();
        message.labels().forEach(label -> copiesIn.add(mailbox(label)));
        copiesIn.remove(mailbox);
        for (String copy : copiesIn) {
            if (append(copy, message)) {
                copies++;
            }
        }
        if (append(mailbox, message)) {
            messages++;
        } else {
            resumed++;
        }
    }

    /** Returns false where an earlier import has stored the message. */
    private boolean append(String mailbox, SourceMessage message) throws IOException {
        MailboxPath path = MailboxPath.forUser(user, mailbox);
        try {
            if (!stored.containsKey(mailbox)) {
                loader.create(path);
                long now = loader.count(path);
                stored.put(mailbox, now - progress.before(mailbox, now));
            }
            if (stored.get(mailbox) > 0) {
                stored.merge(mailbox, -1L, Long::sum);
                return false;
            }
            loader.append(path, Stream.of(message), () -> false);
            return true;
        } catch (MailboxException e) {
            throw new IOException("Cannot store a message in " + mailbox + ": " + e.getMessage(), e);
        }
    }

    /** Without what James reads as hierarchy or wildcard in a level, and not longer than James allows. */
    private String mailbox(String folder) {
        StringBuilder mailbox = new StringBuilder(name);
        for (String level : folder.split("/")) {
            if (!level.isBlank()) {
                String clean = Trial.level(level.strip());
                mailbox.append('.').append(clean, 0, Math.min(MAX_LEVEL_LENGTH, clean.length()));
            }
        }
        return mailbox.length() <= MAX_NAME_LENGTH ? mailbox.toString() : mailbox.substring(0, MAX_NAME_LENGTH);
    }

    @Override
    public void skipped(String reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    @Override
    public boolean stop() {
        return stop.getAsBoolean();
    }

    @Override
    public void read(long octets) {
        bar.update(octets, messages + resumed);
    }

    /** Prints what was done, and what was not and why. */
    void report(PrintStream out) {
        bar.finish(messages + resumed);
        out.printf(
                "  %,d messages imported, %,d copies of them by label, %d mailboxes%n",
                messages, copies, stored.size());
        if (resumed > 0) {
            out.printf("  %,d messages were there from an import that was interrupted%n", resumed);
        }
        skipped.forEach((reason, count) -> out.printf("  skipped: %,d %s%n", count, reason));
    }
}
