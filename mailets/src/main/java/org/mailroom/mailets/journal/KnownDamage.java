/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers damage of journals for the health check, one of each file, as long as the file is there. Bounded; thread-safe. */
final class KnownDamage {
    private static final int MAX_FILES = 20;
    private static final Logger LOGGER = LoggerFactory.getLogger(KnownDamage.class);

    private final Map<Path, String> texts = new LinkedHashMap<>();

    /** Logs the first damage of a file, and remembers it. */
    void add(Damage damage) {
        synchronized (texts) {
            if (texts.containsKey(damage.file()) || texts.size() >= MAX_FILES) {
                return;
            }
            texts.put(
                    damage.file(),
                    damage.text()
                            + "; what follows it is used, and the part is skipped: undo and why do not know"
                            + " it. Move the file elsewhere once you no longer need it");
        }
        LOGGER.error("{}; what follows it is used", damage.text());
    }

    /** What happened to which file, and what to do. */
    List<String> texts() {
        synchronized (texts) {
            texts.keySet().removeIf(file -> !Files.exists(file));
            return List.copyOf(texts.values());
        }
    }
}
