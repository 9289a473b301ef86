/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.List;
import java.util.Set;

/**
 * A word of a text, or a pair of ideographs. Remembers what was asked of it, since most of a text are words that come
 * again and again. Thread-safe: two threads may both look for a stem, and find the same.
 */
final class Word {
    private static final Language[] LANGUAGES = Language.values();

    private final String text;
    private final Script script;
    private final Set<Language> stopWordIn;
    private final String[] stems = new String[LANGUAGES.length];
    private String folded;

    /** @param text in lower case, its accents kept */
    Word(String text, Script script) {
        this.text = text;
        this.script = script;
        this.stopWordIn = LanguageGuess.havingStopWord(text);
    }

    String text() {
        return text;
    }

    /** Whether these are the characters of the word. */
    boolean isWritten(char[] characters, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[i]) {
                return false;
            }
        }
        return true;
    }

    Script script() {
        return script;
    }

    /** The languages that have it as a stop word. */
    Set<Language> stopWordIn() {
        return stopWordIn;
    }

    /** The term of the word in a language; empty for a stop word. */
    String stem(Language language) {
        String stem = stems[language.ordinal()];
        if (stem == null) {
            stem = Stems.of(language, List.of(text)).get(0);
            stems[language.ordinal()] = stem;
        }
        return stem;
    }

    /** The term of the word where it is in no language. */
    String folded() {
        String term = folded;
        if (term == null) {
            term = Stems.folded(text);
            folded = term;
        }
        return term;
    }
}
