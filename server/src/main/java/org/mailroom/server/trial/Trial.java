/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.CountingInputStream;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.utils.DataProbeImpl;

/**
 * Fills a started James with what a visitor needs: two users, a shared mailbox, the sample mail, imported files.
 *
 * <p>Everything can be repeated: what is there already stays, an interrupted load of the sample mail goes on where it
 * stopped. For one thread.
 */
public final class Trial {
    /** The domain of the two users. */
    public static final String DOMAIN = "localhost";

    /** Has the sample mail and the imports. */
    public static final String ALICE = "alice@" + DOMAIN;

    /** Lets Alice use his account, with the mailbox {@value #SHARED}. */
    public static final String BOB = "bob@" + DOMAIN;

    /** The password of both. */
    public static final String PASSWORD = "mailroom";

    /** Bob's mailbox that Alice reads too. */
    public static final String SHARED = "Keel";

    private final DataProbeImpl data;
    private final MailLoader loader;
    private final BooleanSupplier stop;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * @param stop asked between two messages; true ends loading early
     * @param out receives progress
     * @param terminal whether {@code out} is a terminal, where a bar can be redrawn
     */
    public Trial(DataProbeImpl data, MailLoader loader, BooleanSupplier stop, PrintStream out, boolean terminal) {
        this.data = data;
        this.loader = loader;
        this.stop = stop;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Creates the domain, the users, their inboxes and the shared mailbox.
     *
     * <p>It is shared by James's delegation: Alice logs in with her own password, authorised as Bob. The IMAP of James 3.8.1
     * reaches nobody else's mailboxes by name and its JPA store keeps no ACL, so that an ACL would share nothing.
     */
    public void createUsers() throws Exception {
        if (!data.containsDomain(DOMAIN)) {
            data.addDomain(DOMAIN);
        }
        for (String user : new String[] {ALICE, BOB}) {
            if (Stream.of(data.listUsers()).noneMatch(user::equals)) {
                data.addUser(user, PASSWORD);
            }
            loader.create(MailboxPath.inbox(Username.of(user)));
        }
        loader.create(shared());
        // in memory with either store, so said anew at each start
        data.addAuthorizedUser(Username.of(BOB), Username.of(ALICE));
    }

    /**
     * Loads the sample mail once per store: all of it into Alice's INBOX, the mailing list into the shared mailbox.
     *
     * @param note a file that says it was done; without it a store that is emptied on purpose would be filled again
     */
    public void loadSampleOnce(Path note) throws IOException, MailboxException {
        if (Files.notExists(note) && loadSample()) {
            Files.writeString(note, "The sample mail is loaded. Delete this directory to begin anew.\n");
        }
    }

    /**
     * Loads what is missing of the sample mail.
     *
     * @return false when it was stopped early
     */
    public boolean loadSample() throws IOException, MailboxException {
        SampleMail sample = SampleMail.load();
        return resume(sample, "", inbox(), "Loading the sample mail   ")
                && resume(sample, "-list-", shared(), "Loading the shared mailbox");
    }

    private boolean resume(SampleMail sample, String part, MailboxPath mailbox, String label) throws MailboxException {
        long total = sample.messages(part).count();
        long there = Math.min(total, loader.count(mailbox));
        Progress progress = new Progress(out, terminal, label, total);
        AtomicLong done = new AtomicLong(there);
        Stream<SourceMessage> missing =
                sample.messages(part).skip(there).peek(message -> progress.update(done.incrementAndGet(), done.get()));
        long appended = loader.append(mailbox, missing, stop);
        progress.finish(there + appended);
        return there + appended == total;
    }

    /**
     * Appends all messages of an mbox file to a mailbox of Alice that is named after it.
     *
     * @param file an mbox file, gzipped where its name ends in .gz
     * @throws IOException when it cannot be read or is not an mbox file; the message names it
     */
    public void importMbox(Path file) throws IOException, MailboxException {
        MailboxPath mailbox = MailboxPath.forUser(Username.of(ALICE), mailboxName(file));
        loader.create(mailbox);
        Progress progress = new Progress(
                out, terminal, "Importing " + file.getFileName() + " into " + mailbox.getName(), Files.size(file));
        try (CountingInputStream counted = new CountingInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(counted, 1 << 16) : counted) {
            AtomicLong done = new AtomicLong();
            Stream<SourceMessage> messages =
                    Mbox.read(in).peek(message -> progress.update(counted.getByteCount(), done.incrementAndGet()));
            progress.finish(loader.append(mailbox, messages, stop));
        } catch (IOException e) {
            throw new IOException("Cannot import " + file + ": " + e.getMessage(), e);
        }
    }

    /** The file's name without its endings, and without what James reads as hierarchy or wildcard. */
    private static String mailboxName(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", "").replaceFirst("\\.mbox$", "");
        return name.replaceAll("[.%*&#\\p{Cntrl}]", "-");
    }

    private static MailboxPath inbox() {
        return MailboxPath.inbox(Username.of(ALICE));
    }

    private static MailboxPath shared() {
        return MailboxPath.forUser(Username.of(BOB), SHARED);
    }
}
