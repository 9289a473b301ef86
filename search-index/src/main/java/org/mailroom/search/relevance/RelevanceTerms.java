/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.List;
import java.util.Map;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Makes the terms by which messages are found by relevance. */
public final class RelevanceTerms {
    /**
     * How much of the body counts, quoted lines left out. What a message is about stands in the beginning of what its
     * author wrote; what follows in a long one are logs and patches, whose words would only make the index larger.
     */
    private static final int BODY_CHARACTERS = 4_096;

    private static final Map<String, RelevanceField> HEADER = Map.of(
            "subject", RelevanceField.SUBJECT,
            "from", RelevanceField.FROM,
            "to", RelevanceField.TO,
            "cc", RelevanceField.CC,
            "bcc", RelevanceField.BCC);

    private RelevanceTerms() {}

    /** The terms of each field that has words. A term that several words have comes for each of them. */
    public static Map<RelevanceField, List<TermFrequency>> of(MessageText text) {
        MessageWords words = new MessageWords();
        for (HeaderField header : text.header()) {
            RelevanceField field = HEADER.get(HeaderField.foldName(header.name()));
            if (field != null) {
                words.add(field, header.value());
            }
        }
        int left = BODY_CHARACTERS;
        for (String part : text.body()) {
            if (left > 0) {
                String own = unquoted(part, left);
                words.add(RelevanceField.BODY, own);
                left -= own.length();
            }
        }
        return words.terms();
    }

    /** The beginning of {@code text}, without the lines that are quoted. */
    private static String unquoted(String text, int most) {
        StringBuilder own = new StringBuilder(Math.min(text.length(), most));
        int start = 0;
        while (start < text.length() && own.length() < most) {
            int lineFeed = text.indexOf('\n', start);
            int end = lineFeed < 0 ? text.length() : lineFeed + 1;
            if (text.charAt(start) != '>') {
                own.append(text, start, Math.min(end, start + most - own.length()));
            }
            start = end;
        }
        return own.toString();
    }
}
