/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a process tells of itself: words {@code name=value}.
 *
 * @param beat another one each time
 * @param settings the digests of its settings, by name
 */
record NodeNote(String beat, Map<String, String> settings) {
    private static final String BEAT = "beat";
    private static final int MAX_WORDS = 20;

    NodeNote {
        settings = new TreeMap<>(settings);
    }

    String text() {
        return BEAT + "=" + beat
                + settings.entrySet().stream()
                        .map(setting -> " " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    /** What another process wrote, of whatever version of Mailroom. */
    static NodeNote of(String text) {
        Map<String, String> words = new TreeMap<>();
        for (String word : text.split(" ", MAX_WORDS)) {
            int equal = word.indexOf('=');
            if (equal > 0) {
                words.put(word.substring(0, equal), word.substring(equal + 1));
            }
        }
        String beat = words.getOrDefault(BEAT, "");
        words.remove(BEAT);
        return new NodeNote(beat, words);
    }
}
