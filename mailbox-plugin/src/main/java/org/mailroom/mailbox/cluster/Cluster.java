/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailbox.sync.MailboxSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that share its store: its name, the others, and which one does what one does for all. Where
 * James has the event bus of one process there is no cluster, and nothing is written. Thread-safe.
 */
public final class Cluster implements AfterStart, HealthContributor {
    private static final Logger LOGGER = LoggerFactory.getLogger(Cluster.class);
    private static final String NAME_FILE = "file://var/mailroom/node";
    private static final String NODE = "node-";
    private static final Duration PERIOD = Duration.ofSeconds(20);

    /** So long without a word from a process, and others say so. */
    static final Duration SILENT = Duration.ofMinutes(2);

    /** So long, and it is forgotten. */
    static final Duration FORGOTTEN = Duration.ofHours(1);

    private final BooleanSupplier shared;
    private final NameSource nameSource;
    private final ClusterEntries entries;
    private final Set<ClusterSetting> settings;
    private final LongSupplier nanoTime;
    private final Peers peers = new Peers();
    private final Leadership leadership;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "mailroom-cluster");
        thread.setDaemon(true);
        return thread;
    });
    private Optional<String> name = Optional.empty();
    private Optional<Set<String>> known = Optional.empty();
    private Optional<String> failure = Optional.empty();

    /** Where the name of this process comes from. */
    interface NameSource {
        String name() throws IOException;
    }

    /** Called by James. */
    @Inject
    public Cluster(FileSystem files, MailboxManager mailboxes, MailboxSync sync, Set<ClusterSetting> settings) {
        this(
                sync::isShared,
                () -> NodeName.in(files.getFile(NAME_FILE).toPath()),
                mailboxes,
                settings,
                System::nanoTime);
    }

    Cluster(
            BooleanSupplier shared,
            NameSource nameSource,
            MailboxManager mailboxes,
            Set<ClusterSetting> settings,
            LongSupplier nanoTime) {
        this.shared = shared;
        this.nameSource = nameSource;
        this.entries = new ClusterEntries(mailboxes);
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.leadership = new Leadership(entries);
    }

    /** The name of this process; nothing where it is the only one. Made at the first call, and kept for ever. */
    public synchronized Optional<String> node() {
        if (!shared.getAsBoolean()) {
            return Optional.empty();
        }
        if (name.isEmpty()) {
            try {
                name = Optional.of(nameSource.name());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The name of this process in the cluster can neither be read from nor written to " + NAME_FILE
                                + "; James's user has to be able to: " + e.getMessage(),
                        e);
            }
        }
        return name;
    }

    /** Whether this process is the one that does what one does for all: it always is where it is the only one. */
    public boolean leads() {
        return !shared.getAsBoolean() || leadership.isHere(nanoTime.getAsLong());
    }

    /** How many other processes were heard of lately. */
    public int peers() {
        return (int) peers.all(nanoTime.getAsLong()).stream()
                .filter(peer -> peer.confirmed() && peer.silence().compareTo(SILENT) < 0)
                .count();
    }

    @Override
    public void started() {
        if (shared.getAsBoolean()) {
            clock.scheduleWithFixedDelay(this::beatSafely, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void beatSafely() {
        try {
            beat();
            failed(Optional.empty());
        } catch (MailboxException | RuntimeException e) {
            LOGGER.debug("The nodes of the cluster cannot be listed", e);
            failed(Optional.of(e.toString()));
        }
    }

    private synchronized void failed(Optional<String> reason) {
        failure = reason;
    }

    /** Tells the others of this process, and hears of them. */
    void beat() throws MailboxException {
        String own = node().orElseThrow();
        long now = nanoTime.getAsLong();
        Map<String, String> digests = new HashMap<>();
        settings.forEach(setting -> digests.put(setting.name(), setting.digest()));
        entries.write(NODE + own, new NodeNote(Long.toString(now), digests).text());
        Map<String, String> notes = entries.read(NODE);
        notes.remove(own);
        peers.hear(notes, now);
        leadership.look(own, now, silent(now));
        for (Peers.Peer peer : peers.all(now)) {
            if (peer.silence().compareTo(FORGOTTEN) > 0) {
                LOGGER.info("The node {} of the cluster is forgotten: it has not been heard of", peer.name());
                entries.remove(NODE + peer.name());
            }
        }
        logChanges(now);
    }

    private Leadership.Silence silent(long now) {
        Map<String, Duration> silences = new HashMap<>();
        peers.all(now).forEach(peer -> silences.put(peer.name(), peer.silence()));
        return node -> silences.getOrDefault(node, FORGOTTEN);
    }

    private void logChanges(long now) {
        Set<String> alive = new TreeSet<>();
        for (Peers.Peer peer : peers.all(now)) {
            if (peer.confirmed() && peer.silence().compareTo(SILENT) < 0) {
                alive.add(peer.name());
            }
        }
        if (!known.equals(Optional.of(alive))) {
            known = Optional.of(alive);
            LOGGER.info(
                    "Cluster: this is node {}; other nodes: {}",
                    node().orElseThrow(),
                    alive.isEmpty() ? "none" : String.join(", ", alive));
        }
    }

    @Override
    public List<HealthFact> facts() {
        List<HealthFact> facts = new ArrayList<>();
        if (!shared.getAsBoolean()) {
            return facts;
        }
        long now = nanoTime.getAsLong();
        List<Peers.Peer> all = peers.all(now);
        String own = node().orElseThrow();
        for (ClusterSetting setting : settings) {
            List<String> others = all.stream()
                    .filter(peer -> peer.confirmed() && peer.silence().compareTo(SILENT) < 0)
                    .filter(peer ->
                            !setting.digest().equals(peer.settings().getOrDefault(setting.name(), setting.digest())))
                    .map(Peers.Peer::name)
                    .toList();
            if (!others.isEmpty()) {
                facts.add(new HealthFact(
                        setting.hasToBeEqual(),
                        setting.name() + " of this node, " + own + ", is not that of " + String.join(", ", others)
                                + ": make them equal, then reload or restart"));
            }
        }
        failure()
                .ifPresent(reason -> facts.add(HealthFact.note(
                        "The nodes of the cluster cannot be listed, as the store does not answer: " + reason)));
        facts.add(HealthFact.note("Cluster: this is node " + own + "; " + described(all) + "; "
                + leadership
                        .leader()
                        .map(leader -> leader + " runs rules on schedule")
                        .orElse("no node leads yet")));
        return facts;
    }

    private synchronized Optional<String> failure() {
        return failure;
    }

    private static String described(List<Peers.Peer> all) {
        if (all.isEmpty()) {
            return "no other was heard of";
        }
        List<String> words = new ArrayList<>();
        all.forEach(peer ->
                words.add(peer.name() + " was heard of " + peer.silence().toSeconds() + " s ago"));
        return String.join(", ", words);
    }

    /** Tells and hears no more. James calls this at shutdown. */
    @PreDestroy
    public void close() {
        clock.shutdownNow();
    }
}
