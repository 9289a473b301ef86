/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.security.SecureRandom;
import java.util.List;

/**
 * A word of a text, or a pair of ideographs. Remembers its stems, so that those of many words can be found together.
 * Thread-safe: where several threads find the same stem, each finds the same.
 */
final class Word {
    private static final Language[] LANGUAGES = Language.values();

    /** Another in each process, so that no mail can be full of words of one hash. */
    private static final int MULTIPLIER = new SecureRandom().nextInt() | 1;

    private final String text;
    private final int hash;
    private final Script script;
    private final Language[] stopWordIn;
    private final String[] stems = new String[LANGUAGES.length];

    private Word(String text, Script script) {
        this.text = text;
        this.hash = hash(text.toCharArray(), text.length());
        this.script = script;
        this.stopWordIn = LanguageGuess.havingStopWord(text);
    }

    /**
     * The word of the first {@code length} of these characters.
     *
     * @param characters in lower case, their accents kept
     * @param pair whether they are a pair of ideographs
     */
    static Word of(char[] characters, int length, boolean pair) {
        String text = new String(characters, 0, length);
        return new Word(text, pair ? Script.PAIRS : Script.of(text));
    }

    /** Of the word of the first {@code length} of these characters. */
    static int hash(char[] characters, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = MULTIPLIER * hash + characters[i];
        }
        return hash;
    }

    int hash() {
        return hash;
    }

    String text() {
        return text;
    }

    /**
     * Whether these are the characters of the word.
     *
     * @param hash that of the characters
     */
    boolean isWritten(char[] characters, int length, int hash) {
        if (hash != hash() || text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isPair() {
        return script == Script.PAIRS;
    }

    Script script() {
        return script;
    }

    /** The languages that have it as a stop word; not to be changed. */
    Language[] stopWordIn() {
        return stopWordIn;
    }

    /** Whether its stem in a language of its script is still to be found. */
    boolean lacksStem(Language language) {
        return script == language.script() && stems[language.ordinal()] == null;
    }

    /** Finds the stems of all {@code words}: to make a language's filters takes longer than to send some words through. */
    static void findStems(Language language, List<Word> words) {
        List<String> stems = Stems.of(language, words.stream().map(Word::text).toList());
        for (int i = 0; i < stems.size(); i++) {
            words.get(i).stems[language.ordinal()] = stems.get(i);
        }
    }

    /** The term of the word in a language; empty for a stop word. */
    String stem(Language language) {
        String known = stems[language.ordinal()];
        if (known != null) {
            return known;
        }
        findStems(language, List.of(this));
        return stems[language.ordinal()];
    }

    /** The term of the word where it is in no language. */
    String folded() {
        return Stems.folded(text);
    }
}
