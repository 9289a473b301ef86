/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

class WordCacheTest {
    private static final int THREADS = 4;
    private static final String[] PIECES = {
        "invoice", "invoices", "the", "Rechnungen", "maisons", "поезда", "القطارات", "会議", "an", "c0", "42"
    };

    private final WordCache known = new WordCache();

    private Word get(String text, boolean pair) {
        char[] characters = (text + " and more").toCharArray();
        return known.get(characters, text.length(), pair, Word.hash(characters, text.length()));
    }

    @Test
    void aWordIsRemembered() {
        assertThat(get("invoice", false)).isSameAs(get("invoice", false));
    }

    @Test
    void aPairIsNoWordOfTheSameCharacters() {
        assertThat(get("会議", true).script()).isEqualTo(Script.PAIRS);
        assertThat(get("会議", false).script()).isEqualTo(Script.OTHER);
        assertThat(get("会議", true).script()).isEqualTo(Script.PAIRS);
    }

    @Test
    void aWordWhosePlaceWasTakenIsFoundAgain() {
        // these two have the same hash
        assertThat(get("an", false).text()).isEqualTo("an");
        assertThat(get("c0", false).text()).isEqualTo("c0");
        assertThat(get("an", false).text()).isEqualTo("an");
    }

    @Test
    void threadsThatShareWordsFindTheSameStems() throws Exception {
        long seed = RandomRun.seed();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                tasks.add(() -> {
                    compare(random, seed);
                    return null;
                });
            }
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void compare(Random random, long seed) {
        for (int i = 0; i < 10_000; i++) {
            String text = PIECES[random.nextInt(PIECES.length)] + random.nextInt(300);
            Language language = Language.values()[random.nextInt(Language.values().length)];
            Word word = get(text, false);
            assertThat(word.text()).as("seed %d", seed).isEqualTo(text);
            assertThat(word.stem(language))
                    .as("seed %d: %s in %s", seed, text, language)
                    .isEqualTo(Stems.of(language, List.of(text)).get(0));
        }
    }
}
