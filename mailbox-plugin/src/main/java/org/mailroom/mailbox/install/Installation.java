/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts Mailroom into a James that is not running, or takes it out. Both may be repeated: what is done already is left as it
 * is. A file that is changed is kept beside itself, as NAME.before-mailroom; taking Mailroom out brings that file back where
 * nobody else has changed it since, so that it is the same to the octet.
 */
final class Installation {
    private static final String BACKUP = ".before-mailroom";

    private final JamesDirectory james;
    private final Release release;
    private final boolean dryRun;
    private final Consumer<String> report;
    private final Map<String, List<ConfigurationEdit>> editsByFile = new LinkedHashMap<>();

    /**
     * @param dryRun only says what it would do
     * @param report is given one line for each thing done
     */
    Installation(JamesDirectory james, Release release, boolean dryRun, Consumer<String> report) {
        this.james = james;
        this.release = release;
        this.dryRun = dryRun;
        this.report = report;
        for (ConfigurationEdit edit : MailroomConfiguration.of(james.version()).edits()) {
            editsByFile.computeIfAbsent(edit.file(), file -> new ArrayList<>()).add(edit);
        }
    }

    void install() throws IOException, UnusableFileException {
        List<Path> jars = release.jarsFor(james.version());
        Map<Path, String> changed = new LinkedHashMap<>();
        for (Map.Entry<String, List<ConfigurationEdit>> file : editsByFile.entrySet()) {
            Path path = james.conf().resolve(file.getKey());
            String before =
                    Files.exists(path) ? read(path) : file.getValue().get(0).empty();
            changed.put(path, applied(file.getKey(), file.getValue(), before));
        }
        // every file can be changed: only now is the first one
        replaceJars(jars);
        for (Map.Entry<Path, String> file : changed.entrySet()) {
            change(file.getKey(), file.getValue());
        }
        for (String name : Release.OWN_FILES) {
            Path own = james.conf().resolve(name);
            if (Files.notExists(own) && Files.exists(release.conf().resolve(name))) {
                report.accept("add conf/" + name);
                copy(release.conf().resolve(name), own);
            }
        }
    }

    private String applied(String name, List<ConfigurationEdit> edits, String text) throws UnusableFileException {
        String applied = text;
        for (ConfigurationEdit edit : edits) {
            try {
                applied = edit.applyTo(applied);
            } catch (UnusableFileException e) {
                if (edit.isOptional()) {
                    report.accept(
                            "without " + edit.part() + ": conf/" + name + " is not changed, as " + e.getMessage());
                    continue;
                }
                throw new UnusableFileException("conf/" + name + " cannot be changed: " + e.getMessage());
            }
        }
        return applied;
    }

    private void replaceJars(List<Path> jars) throws IOException {
        List<Path> targets = jars.stream()
                .map(jar -> james.extensions().resolve(jar.getFileName()))
                .toList();
        for (Path old : Release.installedIn(james.extensions())) {
            if (!targets.contains(old)) {
                remove(old);
            }
        }
        if (!dryRun) {
            Files.createDirectories(james.extensions());
        }
        for (int i = 0; i < jars.size(); i++) {
            Path target = targets.get(i);
            if (Files.notExists(target) || Files.mismatch(jars.get(i), target) >= 0) {
                report.accept("add extensions-jars/" + target.getFileName());
                copy(jars.get(i), target);
            }
        }
    }

    private void change(Path file, String text) throws IOException {
        boolean there = Files.exists(file);
        String before = there ? read(file) : "";
        if (before.equals(text)) {
            return;
        }
        report.accept((there ? "change" : "add") + " conf/" + file.getFileName() + ":");
        addedLines(before, text).forEach(line -> report.accept("    " + line.strip()));
        if (dryRun) {
            return;
        }
        if (there && !before.contains("org.mailroom.")) {
            Files.copy(file, backup(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        write(file, text);
    }

    void uninstall() throws IOException {
        for (Map.Entry<String, List<ConfigurationEdit>> edits : editsByFile.entrySet()) {
            Path file = james.conf().resolve(edits.getKey());
            if (Files.exists(file)) {
                revert(file, edits.getValue());
            }
        }
        for (String name : Release.OWN_FILES) {
            Path own = james.conf().resolve(name);
            Path sample = release.conf().resolve(name);
            if (Files.exists(own) && Files.exists(sample) && Files.mismatch(own, sample) < 0) {
                remove(own);
            } else if (Files.exists(own)) {
                report.accept("leave conf/" + name + ", which somebody has changed");
            }
        }
        removeJars();
        report.accept(
                "leave var/search-index and var/mailroom, if they are there: indexes and the journals of rules; without"
                        + " Mailroom nothing reads them");
    }

    /** With their directory where nothing else is in it: James does without. */
    private void removeJars() throws IOException {
        List<Path> jars = Release.installedIn(james.extensions());
        for (Path jar : jars) {
            remove(jar);
        }
        if (!dryRun && !jars.isEmpty() && isEmpty(james.extensions())) {
            remove(james.extensions());
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private void revert(Path file, List<ConfigurationEdit> edits) throws IOException {
        String text = read(file);
        Path backup = backup(file);
        if (Files.exists(backup) && isUnchangedSince(read(backup), text, edits)) {
            report.accept("restore conf/" + file.getFileName());
            if (!dryRun) {
                Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return;
        }
        if (Files.notExists(backup) && isUnchangedSince(edits.get(0).empty(), text, edits)) {
            remove(file);
            return;
        }
        String without = text;
        for (ConfigurationEdit edit : edits) {
            without = edit.removeFrom(without);
        }
        if (!without.equals(text)) {
            report.accept("remove Mailroom's lines from conf/" + file.getFileName());
            if (!dryRun) {
                write(file, without);
                Files.deleteIfExists(backup);
            }
        }
    }

    private boolean isUnchangedSince(String before, String now, List<ConfigurationEdit> edits) {
        try {
            return applied("", edits, before).equals(now);
        } catch (UnusableFileException e) {
            return false;
        }
    }

    private static Path backup(Path file) {
        return file.resolveSibling(file.getFileName() + BACKUP);
    }

    private void remove(Path file) throws IOException {
        report.accept("remove " + james.root().relativize(file));
        if (!dryRun) {
            Files.delete(file);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        if (!dryRun) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<String> addedLines(String before, String after) {
        List<String> lines = new ArrayList<>(after.lines().toList());
        before.lines().forEach(lines::remove);
        return lines;
    }

    /** Written beside and moved, so that a full disk leaves the old file. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".mailroom-draft");
        Files.writeString(draft, text, StandardCharsets.ISO_8859_1);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Octet for octet, whatever charset the file is in: Mailroom's lines are ASCII. */
    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
