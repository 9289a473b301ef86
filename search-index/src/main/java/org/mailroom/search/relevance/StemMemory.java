/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers stems: most of a text are words that come again and again, and to find a stem takes ten times as long as to
 * remember it. Thread-safe.
 */
final class StemMemory {
    /** Of a language; then all are forgotten, since the words that matter are soon back. About 2 MB. */
    private static final int MOST = 16_384;

    private final Map<Language, Map<String, String>> stems = new EnumMap<>(Language.class);

    StemMemory() {
        for (Language language : Language.values()) {
            stems.put(language, new ConcurrentHashMap<>());
        }
    }

    /** The term of {@code word} in a language; empty for a stop word. */
    String of(Language language, String word) {
        Map<String, String> known = stems.get(language);
        String stem = known.get(word);
        if (stem == null) {
            stem = Stems.of(language, List.of(word)).get(0);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(word, stem);
        }
        return stem;
    }
}
