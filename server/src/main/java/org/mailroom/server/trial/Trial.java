/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
        // in memory with either store, so repeated at each start
        data.addAuthorizedUser(Username.of(BOB), Username.of(ALICE));
    }

    /**
     * Loads the sample mail once per store: all of it into Alice's INBOX, the mailing list into the shared mailbox.
     *
     * @param note a file that says it was done; without it a store that is emptied on purpose would be filled again
     */
    public void loadSampleOnce(Path note) throws IOException, MailboxException {
        if (Files.notExists(note) && loadSample()) {
            Files.writeString(note, "The sample mail is loaded. Delete this directory to start from scratch.\n");
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
     * Imports mail of another program into mailboxes of Alice, the first of which is named after the file or directory. An
     * interrupted import resumes where it stopped, a complete one is not repeated.
     *
     * @param source an mbox file, a Maildir, a directory of such or of .eml files, or an archive of them
     * @param notes the directory that remembers imports; nothing where the mail store does not outlive the server
     * @throws IOException when it cannot be read or is no mail; the message names it
     */
    public void importMail(Path source, Optional<Path> notes) throws IOException {
        String name = mailboxName(source);
        try {
            Optional<Path> note =
                    notes.map(directory -> directory.resolve("import-" + name.replace('/', '-') + ".progress"));
            ImportProgress progress = ImportProgress.of(note, source);
            if (progress.isDone()) {
                out.println(source + " is imported already; delete " + note.orElseThrow() + " to import it again");
                return;
            }
            Progress bar =
                    new Progress(out, terminal, "Importing " + source.getFileName() + " into " + name, size(source));
            MailImport mail = new MailImport(loader, Username.of(ALICE), name, progress, bar, stop);
            MailFiles.read(source, mail);
            if (!stop.getAsBoolean()) {
                progress.done();
            }
            mail.report(out);
        } catch (IOException | UncheckedIOException e) {
            throw new IOException("Cannot import " + source + ": " + e.getMessage(), e);
        }
    }

    private static long size(Path source) throws IOException {
        if (Files.isRegularFile(source)) {
            return Files.size(source);
        }
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** The file's name without its endings. */
    private static String mailboxName(Path file) {
        return level(file.toAbsolutePath()
                .normalize()
                .getFileName()
                .toString()
                .replaceFirst("\\.(gz|tgz|zip)$", "")
                .replaceFirst("\\.(mbox|mbx|tar|eml)$", ""));
    }

    /** A name without what James reads as hierarchy or wildcard. */
    static String level(String name) {
        return name.replaceAll("[.%*&#\\p{Cntrl}]", "-");
    }

    private static MailboxPath inbox() {
        return MailboxPath.inbox(Username.of(ALICE));
    }

    private static MailboxPath shared() {
        return MailboxPath.forUser(Username.of(BOB), SHARED);
    }
}
