/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mailroom.mailets.editing.EditRefusedException.Reason;
import org.mailroom.mailets.editing.RuleVersion.Author;
import org.mailroom.mailets.editing.RuleVersion.Changes;
import org.mailroom.mailets.journal.PrivateFiles;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.CurrentRules.InForce;
import org.mailroom.mailets.rules.FolderRulesException;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RulesContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the rules in force and their file, and keeps the versions that they had. A change is made as a whole or not at all.
 * A file that somebody has edited by hand since it was read is not written: it has to be read first. Thread-safe; of several
 * servers that share the directory one changes at a time.
 */
public final class RuleEditor {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleEditor.class);
    private static final String LOCK = "lock";
    private static final String FOUND = "nobody that Mailroom knows";

    private final CurrentRules rules;
    private final Path directory;
    private final RuleHistory history;
    private final Clock clock;
    private boolean settled;
    private volatile Optional<String> trouble = Optional.empty();

    /** @param directory where versions are kept */
    public RuleEditor(CurrentRules rules, Path directory, Clock clock) {
        this.rules = rules;
        this.directory = directory;
        this.history = new RuleHistory(directory, () -> rules.get().limits().historyVersions());
        this.clock = clock;
    }

    /** The rules in force, with their text. */
    public static RulesText text(InForce inForce) {
        return RulesText.of(inForce.content(), inForce.book());
    }

    /**
     * Puts a rule in the place of the one of that name, or creates it.
     *
     * @param before the rule before which it is to stand; where left out, it stays in its place, or comes last
     * @throws EditRefusedException where the rules are not those that the change is for
     * @throws FolderRulesException where the rules would be wrong; lines are those of the rule sent where it is in it
     * @throws IOException where files cannot be read or written
     */
    public synchronized void put(RuleDraft draft, Optional<String> before, Precondition expected, Author author)
            throws EditRefusedException, FolderRulesException, IOException {
        RulesText text = text(rules.inForce());
        expected.check("rule '" + draft.name() + "'", text.version(draft.name()));
        if (before.filter(name -> text.rule(name).isEmpty() || name.equals(draft.name()))
                .isPresent()) {
            throw new EditRefusedException(
                    Reason.INVALID, "there is no other rule '" + before.get() + "' to put this one before");
        }
        if (!text.canHold(draft.element())) {
            throw new FolderRulesException(
                    RuleDraft.SENT,
                    List.of(new Problem(
                            draft.line(),
                            Optional.of(draft.name()),
                            "it has characters that the encoding of " + rules.name() + ", " + text.encoding()
                                    + ", does not have: write them as &#...;, or save the file in UTF-8")));
        }
        RulesText.Changed changed;
        if (text.rule(draft.name()).isEmpty()) {
            changed = text.adding(draft.element(), before);
        } else if (before.isEmpty()) {
            changed = text.replacing(draft.name(), draft.element());
        } else {
            RulesContent without = text.without(draft.name());
            changed = RulesText.of(without, rules.read(without)).adding(draft.element(), before);
        }
        try {
            change(changed.content(), "put", author);
        } catch (FolderRulesException e) {
            throw asSent(e, changed, draft);
        }
    }

    /** Says lines as they are in the rule that was sent. */
    private FolderRulesException asSent(FolderRulesException e, RulesText.Changed changed, RuleDraft draft) {
        List<Problem> problems = e.problems().stream()
                .map(problem -> problem.line() >= changed.firstLine() && problem.line() <= changed.lastLine()
                        ? new Problem(
                                problem.line() - changed.firstLine() + draft.line(), problem.rule(), problem.reason())
                        : new Problem(
                                draft.line(),
                                problem.rule(),
                                "with it, " + rules.name() + " would be wrong: " + problem.reason()))
                .toList();
        return new FolderRulesException(RuleDraft.SENT, problems);
    }

    /** Deletes the rule of that name. Fails as {@link #put} does. */
    public synchronized void delete(String name, Precondition expected, Author author)
            throws EditRefusedException, FolderRulesException, IOException {
        RulesText text = text(rules.inForce());
        if (text.rule(name).isEmpty()) {
            throw new EditRefusedException(Reason.NOT_FOUND, "there is no rule '" + name + "'");
        }
        expected.check("rule '" + name + "'", text.version(name));
        change(text.without(name), "delete", author);
    }

    /** Replaces all rules by another file. Fails as {@link #put} does; lines are those of the file sent. */
    public synchronized void replace(byte[] file, Precondition expected, Author author)
            throws EditRefusedException, FolderRulesException, IOException {
        checkAll(expected);
        change(RulesContent.of(file), "replace", author);
    }

    /** Goes back to a version that is kept, which makes a new one. Fails as {@link #put} does. */
    public synchronized void restore(int version, Precondition expected, Author author)
            throws EditRefusedException, FolderRulesException, IOException {
        checkAll(expected);
        RuleVersion kept = version(version);
        RulesContent content = history.content(kept);
        change(
                content.exists() ? content : RulesContent.of("<folder-rules/>\n".getBytes(StandardCharsets.UTF_8)),
                "restore " + version,
                author);
    }

    private void checkAll(Precondition expected) throws EditRefusedException {
        RulesContent content = rules.inForce().content();
        expected.check(rules.name(), content.exists() ? Optional.of(content.version()) : Optional.empty());
    }

    /**
     * Reads the file again, and keeps what was edited by hand as a version.
     *
     * @throws FolderRulesException where anything is wrong with it: the rules before stay in force
     */
    public synchronized RuleBook reload(Author author) throws FolderRulesException, IOException {
        started();
        InForce before = rules.inForce();
        RuleBook book = rules.reload();
        try {
            keep(before, "reload", author);
            trouble = Optional.empty();
        } catch (IOException e) {
            // what is in force counts more than what is remembered of it
            report(e);
        }
        return book;
    }

    /** What keeps versions from being kept, for the health check. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void report(Exception e) {
        LOGGER.error("The history of folder rules in {} cannot be read or written", directory, e);
        trouble = Optional.of("the history of folder rules in " + directory
                + " cannot be read or written, and changes by webadmin are refused: " + e);
    }

    /** The versions that are kept, the newest first. */
    public synchronized List<RuleVersion> versions() throws IOException {
        settle();
        List<RuleVersion> versions = new ArrayList<>(history.versions());
        Collections.reverse(versions);
        return versions;
    }

    /** @throws EditRefusedException where it is not kept */
    public synchronized RuleVersion version(int id) throws EditRefusedException, IOException {
        settle();
        return history.find(id)
                .orElseThrow(() -> new EditRefusedException(
                        Reason.NOT_FOUND, "there is no version " + id + ": it never was, or is no longer kept"));
    }

    /** The text of a version. */
    public synchronized RulesContent content(RuleVersion version) throws IOException {
        return history.content(version);
    }

    /** Takes note of the rules that James started with; to be called at start. Never fails. */
    public synchronized void started() {
        try {
            settle();
            trouble = Optional.empty();
        } catch (IOException | RuntimeException e) {
            report(e);
        }
    }

    private void settle() throws IOException {
        if (!settled) {
            history.settle(rules.inForce().content());
            keep(new InForce(RulesContent.NONE, RuleBook.EMPTY), "start", new Author(Optional.empty(), FOUND, ""));
            settled = true;
        }
    }

    private void change(RulesContent content, String action, Author author)
            throws EditRefusedException, FolderRulesException, IOException {
        RuleBook book = rules.read(content);
        settle();
        InForce before = rules.inForce();
        if (content.equals(before.content())) {
            return;
        }
        // closing the channel gives the lock back
        try (FileChannel channel = lockFile()) {
            channel.lock();
            if (!rules.onDisk().equals(before.content())) {
                throw new EditRefusedException(
                        Reason.EDITED_BY_HAND,
                        rules.name()
                                + " was edited and not read again, so that it is not overwritten: read it with POST"
                                + " /folderRules?action=reload, or undo the edit, and make the change again");
            }
            RuleVersion version = begin(before, new InForce(content, book), action, author);
            try {
                rules.write(content);
            } catch (IOException | FolderRulesException | RuntimeException e) {
                history.giveUp(version.id());
                throw e;
            }
            history.complete(version.id());
            LOGGER.info("Folder rules changed by {} ({}): version {}", version.who(), action, version.id());
        }
    }

    /** Keeps the rules in force as a version where they are not the newest one. */
    private void keep(InForce before, String action, Author author) throws IOException {
        InForce now = rules.inForce();
        Optional<RuleVersion> newest = history.newest();
        boolean known = newest.isEmpty()
                ? !now.content().exists()
                : newest.get().version().equals(now.content().version());
        if (known) {
            return;
        }
        // closing the channel gives the lock back
        try (FileChannel channel = lockFile()) {
            channel.lock();
            history.complete(begin(newest.isEmpty() ? before : kept(newest.get(), before), now, action, author)
                    .id());
        }
    }

    /** What the newest version was; what was in force before where that cannot be read any more. */
    private InForce kept(RuleVersion newest, InForce otherwise) throws IOException {
        try {
            RulesContent content = history.content(newest);
            return new InForce(content, rules.read(content));
        } catch (FolderRulesException e) {
            return otherwise;
        }
    }

    private RuleVersion begin(InForce before, InForce after, String action, Author author) throws IOException {
        RuleVersion version = new RuleVersion(
                history.next(),
                clock.instant(),
                author.who(),
                author.note(),
                action,
                after.content().version(),
                after.content().exists(),
                Changes.between(text(before), text(after)));
        history.begin(version, after.content());
        return version;
    }

    private FileChannel lockFile() throws IOException {
        PrivateFiles.prepare(directory);
        return FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
