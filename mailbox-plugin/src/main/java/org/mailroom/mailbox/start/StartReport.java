/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.start;

import com.google.inject.Injector;
import com.google.inject.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.install.ConfigurationEdit;
import org.mailroom.mailbox.install.MailroomConfiguration;
import org.mailroom.mailbox.sync.MailboxSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports once, when James has started, what of Mailroom is in use: one line with versions, store and parts, and a
 * warning with the lines to add for each part that the files in {@code conf/} leave out although Mailroom, or a rule in
 * {@code folder-rules.xml}, needs it. It goes by the files; it changes nothing and stops nothing. Thread-safe.
 */
public final class StartReport {
    private static final Logger LOGGER = LoggerFactory.getLogger(StartReport.class);

    private final FileSystem files;
    private final String store;
    private final String eventBus;
    private final String indexes;
    private final MailboxSync sync;

    /** Called by James. */
    @Inject
    public StartReport(
            FileSystem files,
            MailboxManager mailboxes,
            Injector james,
            SearchIndexConfiguration configuration,
            MailboxSync sync) {
        this.sync = sync;
        this.files = files;
        this.store = mailboxes.getClass().getSimpleName();
        this.eventBus = Optional.ofNullable(james.getExistingBinding(Key.get(EventBus.class)))
                .map(bound -> bound.getProvider().get().getClass().getSimpleName())
                .orElse("event bus unknown");
        this.indexes = configuration.directory();
    }

    /** Writes the report to the log. */
    public void log() {
        try {
            Path conf = files.getFile(FileSystem.FILE_PROTOCOL_AND_CONF).toPath();
            report(conf).forEach(LOGGER::warn);
        } catch (IOException | RuntimeException e) {
            LOGGER.info(
                    "{} runs; its lines in James's configuration are not checked, as conf/ is no directory here",
                    title(),
                    e);
        }
    }

    /** Logs what is there and gives a warning for each part that is missing. */
    private List<String> report(Path conf) throws IOException {
        MailroomConfiguration configuration = MailroomConfiguration.of(james());
        List<ConfigurationEdit> needed = configuration.needed(read(conf.resolve("folder-rules.xml")));
        List<String> active = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (ConfigurationEdit edit : configuration.edits()) {
            Path file = conf.resolve(edit.file());
            if (edit.isIn(read(file))) {
                active.add(edit.part());
            } else if (needed.contains(edit)) {
                warnings.add("conf/" + edit.file() + " lacks a line for " + edit.part() + ". Add " + edit.lines()
                        + " and restart James");
            }
        }
        LOGGER.info(
                "{} on James {} ({}, {}{}), indexes in {}: {}",
                title(),
                james(),
                store,
                eventBus,
                sync.isShared() ? ", a cluster: other processes may write to the store" : "",
                indexes,
                active.stream().distinct().collect(Collectors.joining("; ")));
        return warnings;
    }

    private static String title() {
        return "Mailroom " + version(StartReport.class).orElse("(version unknown)");
    }

    private static String james() {
        return version(MailboxManager.class).orElse("3.8");
    }

    /** What the manifest of the JAR of a class says. */
    private static Optional<String> version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion());
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
}
