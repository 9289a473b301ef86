/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The other processes of the cluster, by what they wrote. Clocks of hosts differ: a process is alive while what it writes
 * changes, and for how long it has not is measured here. Thread-safe.
 */
final class Peers {
    private final Map<String, Heard> heard = new TreeMap<>();

    /** @param changed whether it was seen to change: what was written before this process began may be of a dead one */
    private record Heard(NodeNote note, long since, boolean changed) {}

    /**
     * Another process.
     *
     * @param silence since when it has not been heard of
     * @param confirmed whether it was heard of since this process began
     * @param settings the digests of its settings, by name
     */
    record Peer(String name, Duration silence, boolean confirmed, Map<String, String> settings) {}

    /** Takes in what all others have written now. */
    synchronized void hear(Map<String, String> notes, long nanoTime) {
        heard.keySet().retainAll(Set.copyOf(notes.keySet()));
        notes.forEach((name, text) -> {
            NodeNote note = NodeNote.of(text);
            Heard before = heard.get(name);
            if (before == null) {
                heard.put(name, new Heard(note, nanoTime, false));
            } else if (!before.note().beat().equals(note.beat())) {
                heard.put(name, new Heard(note, nanoTime, true));
            }
        });
    }

    /** All of them, in the order of their names. */
    synchronized List<Peer> all(long nanoTime) {
        List<Peer> peers = new ArrayList<>();
        heard.forEach((name, last) -> peers.add(new Peer(
                name,
                Duration.ofNanos(nanoTime - last.since()),
                last.changed(),
                last.note().settings())));
        return peers;
    }
}
